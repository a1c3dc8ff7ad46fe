package io.millrace.benchmarks.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;

class HttpAnswerTest {
  private static final String REFUSAL =
      "HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 13\r\n\r\n{\"error\":\"x\"}";
  private static final String RIGHT =
      "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 28\r\n\r\n"
          + "{\"outputs\":[{\"data\":[8.0]}]}";

  @Test
  void all_twoAnswersAndHalfAnother_areThoseThatAreWhole() {
    String heard = RIGHT + REFUSAL + REFUSAL.substring(0, REFUSAL.length() - 1);

    assertThat(HttpAnswer.all(Buffer.buffer(heard), false))
        .satisfiesExactly(
            first -> assertThat(first.sum()).isEqualTo(8),
            second -> assertThat(second.isLast() && second.hasError()).isTrue());
  }

  @Test
  void all_toHead_haveNoBody() {
    String head = REFUSAL.substring(0, REFUSAL.indexOf('{'));

    assertThat(HttpAnswer.all(Buffer.buffer(head + head), true)).hasSize(2);
  }

  @Test
  void isOver_streamEndsOrIsReset_isSoForThatStreamAlone() {
    Buffer data = Buffer.buffer("x");
    Buffer open = Http2Bytes.frame(Http2Bytes.DATA, 0, 1, data);
    Buffer other = Http2Bytes.frame(Http2Bytes.DATA, Http2Bytes.END_STREAM, 3, data);
    Buffer end = Http2Bytes.frame(Http2Bytes.DATA, Http2Bytes.END_STREAM, 1, data);

    assertThat(Http2Bytes.isOver(open.appendBuffer(other), 1)).isFalse();
    assertThat(Http2Bytes.isOver(open.appendBuffer(end.getBuffer(0, 9)), 1)).isFalse();
    assertThat(Http2Bytes.isOver(other.appendBuffer(end), 1)).isTrue();
  }
}

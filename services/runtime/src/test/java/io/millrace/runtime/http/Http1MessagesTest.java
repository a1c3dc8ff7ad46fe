package io.millrace.runtime.http;

import static io.millrace.runtime.http.ReadingService.HEAD;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Where a request ends and the next begins, on plain sockets. */
class Http1MessagesTest {

  @RegisterExtension
  private final ReadingService service =
      new ReadingService(Transport.plain(new Endpoint("framed", "127.0.0.1", 0)));

  @Test
  void request_pieceByPiece_isAnswered() throws IOException {
    try (Conversation slow = new Conversation(service.port())) {
      for (String piece :
          List.of("POST / HTTP", "/1.1\r\nHost: here\r\nConte", "nt-Length: 4\r\n\r\n")) {
        slow.send(piece);
      }
      slow.send("12").send("34");

      assertThat(slow.answer()).startsWith("HTTP/1.1 200 ").endsWith("read 4");
    }
  }

  @Test
  void request_twoAtOnce_areAnsweredInTheirOrder() throws IOException {
    try (Conversation pipelining = new Conversation(service.port())) {
      String first = "POST / HTTP/1.1\r\nHost: here\r\nContent-Length: 2\r\n\r\n12";
      pipelining.send(first + HEAD + "\r\n");

      assertThat(pipelining.answer()).endsWith("read 2").doesNotContain("close");
      assertThat(pipelining.answer()).endsWith("read 0").doesNotContain("close");
    }
  }

  @Test
  void request_withTransferEncoding_isTheLastOfItsConnection() throws IOException {
    try (Conversation smuggler = new Conversation(service.port())) {
      smuggler.send(
          "POST / HTTP/1.1\r\nHost: here\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n"
              + "2\r\n12\r\n0\r\n\r\n"
              + HEAD
              + "\r\n");

      assertThat(smuggler.answer()).endsWith("read 2").containsIgnoringCase("connection: close");
      assertThat(smuggler.hasEnded()).isTrue();
    }
  }

  @Test
  void request_ofHttp10WithALength_isTheLastOfItsConnection() throws IOException {
    try (Conversation smuggler = new Conversation(service.port())) {
      smuggler.send(
          "POST / HTTP/1.0\r\nConnection: keep-alive\r\nContent-Length: 2\r\nContent-Length: 9\r\n\r\n"
              + "12"
              + HEAD
              + "\r\n");

      assertThat(smuggler.answer()).endsWith("read 2").containsIgnoringCase("connection: close");
      assertThat(smuggler.hasEnded()).isTrue();
    }
  }

  @Test
  void request_forAnUpgradeToHttp2_isAnsweredInHttp11AndItsConnectionGoesOn() throws IOException {
    String post = "POST / HTTP/1.1\r\nHost: here\r\nContent-Length: 2\r\nUpgrade: h2c\r\n";
    for (String further :
        List.of(
            "",
            "Connection: Upgrade\r\n",
            "Connection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: %%\r\n",
            "Connection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n")) {
      try (Conversation client = new Conversation(service.port())) {
        client.send(post + further + "\r\n12");

        assertThat(client.answer()).as(further).startsWith("HTTP/1.1 200 ").endsWith("read 2");

        client.send(post + further + "\r\n34");

        assertThat(client.answer()).as(further).startsWith("HTTP/1.1 200 ").endsWith("read 2");
      }
    }
  }

  @Test
  void request_badlyChunkedOrTwoLengths_isRefusedAndClosed() throws IOException {
    for (String bad :
        List.of(
            "Transfer-Encoding: chunked\r\n\r\nxyz\r\n12\r\n0\r\n\r\n",
            "Transfer-Encoding: chunked\r\n\r\n-1\r\n12\r\n0\r\n\r\n",
            "Content-Length: 2\r\nContent-Length: 3\r\n\r\n123",
            "Content-Length: -2\r\n\r\n12",
            "Content-Length: 2x\r\n\r\n12")) {
      try (Conversation client = new Conversation(service.port())) {
        client.send("POST / HTTP/1.1\r\nHost: here\r\n" + bad);

        assertThat(client.answer()).as(bad).startsWith("HTTP/1.1 400 ");
        assertThat(client.hasEnded()).as(bad).isTrue();
      }
    }
  }

  @Test
  void request_otherTransferEncoding_isRefusedAndWhatFollowsIsNotRead() throws IOException {
    for (String codings :
        List.of(
            "Transfer-Encoding: gzip\r\n",
            "Transfer-Encoding: gzip, chunked\r\n",
            "Transfer-Encoding: chunked, gzip\r\n",
            "Transfer-Encoding: xchunked\r\n",
            "Transfer-Encoding: identity\r\n",
            "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n")) {
      try (Conversation smuggler = new Conversation(service.port())) {
        smuggler.send("POST / HTTP/1.1\r\nHost: here\r\n" + codings + "\r\n" + HEAD + "\r\n");

        assertThat(smuggler.answer())
            .as(codings)
            .startsWith("HTTP/1.1 501 ")
            .containsIgnoringCase("connection: close")
            .endsWith(
                "{\"error\":\"the only Transfer-Encoding that is understood is chunked, once\"}");
        assertThat(smuggler.hasEnded()).as(codings).isTrue();
      }
    }
  }

  @Test
  void request_ofAnotherVersion_isRefusedInJson() throws IOException {
    for (String version : List.of("HTTP/2.0", "HTTP/9.9", "HTTP/0.9", "ICY/1.7")) {
      try (Conversation client = new Conversation(service.port())) {
        client.send("GET / " + version + "\r\nHost: here\r\n\r\n");

        assertThat(client.answer())
            .as(version)
            .startsWith("HTTP/1.1 505 ")
            .endsWith("{\"error\":\"HTTP/1.0, HTTP/1.1 and HTTP/2 are spoken here\"}");
        assertThat(client.hasEnded()).as(version).isTrue();
      }
    }
  }
}

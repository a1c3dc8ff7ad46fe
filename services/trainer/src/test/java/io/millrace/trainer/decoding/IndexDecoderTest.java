package io.millrace.trainer.decoding;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.learning.model.ExampleBatch;
import io.millrace.trainer.decoding.shared.Columns;
import io.millrace.trainer.decoding.shared.RecordDecoder;
import io.millrace.trainer.decoding.shared.Rejected;
import io.millrace.trainer.decoding.shared.Rejected.Reason;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IndexDecoderTest {
  private final ExampleBatch rows = Models.rows(Models.words());
  private final RecordDecoder decoder =
      IndexDecoder.around(new JsonDecoder(new Columns(Models.words())), Models.words());

  @Test
  void decode_indicesOfWords_areTaken() {
    assertThat(decode("[0, 4]")).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"[0, 5]", "[-1, 0]", "[1.5, 0]"})
  void decode_numberWithoutAVector_isRejected(String words) {
    assertThat(decode(words))
        .isEqualTo(new Rejected(Reason.INDEX_RANGE, "words", "a number that is no index below 5"));
  }

  @Test
  void decoder_modelWithoutIndices_isTheFormatsOwn() {
    RecordDecoder decoder = new JsonDecoder(new Columns(Models.classes()));

    assertThat(IndexDecoder.around(decoder, Models.classes())).isSameAs(decoder);
  }

  private @Nullable Rejected decode(String words) {
    String text = "{\"words\": " + words + ", \"label\": \"b\"}";
    return decoder.decode(text.getBytes(UTF_8), rows);
  }
}

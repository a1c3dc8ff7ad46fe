package io.millrace.trainer.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.proto.events.v1.TrainingEvent;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EventFormatTest {
  private static final TrainingEvent EVENT =
      TrainingEvent.newBuilder().setModel("m").setNumber(7).setRecords(1200).build();

  @ParameterizedTest
  @EnumSource(EventFormat.class)
  void decode_whatWasEncoded_isTheSameEvent(EventFormat format) throws Exception {
    Headers headers = new RecordHeaders();
    headers.add(EventFormat.CONTENT_TYPE, format.contentType().getBytes(UTF_8));

    assertThat(EventFormat.decode(headers, format.encode(EVENT))).isEqualTo(EVENT);
  }

  @Test
  void json_event_isOneLineWithTheNamesOfTheFields() {
    assertThat(EventFormat.json(EVENT))
        .contains("\"model\":\"m\"", "\"number\":\"7\"", "\"records\":\"1200\"")
        .doesNotContain("\n");
  }
}

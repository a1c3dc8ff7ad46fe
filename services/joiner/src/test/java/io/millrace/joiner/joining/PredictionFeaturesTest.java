package io.millrace.joiner.joining;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.joiner.merging.JoinFormat;
import io.millrace.proto.predictions.v1.Prediction;
import io.millrace.proto.records.v1.Label;
import io.millrace.proto.records.v1.LabelledRecord;
import io.millrace.proto.records.v1.NamedValues;
import io.millrace.streams.TopicLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictionFeaturesTest {
  private static final NamedValues INPUT =
      NamedValues.newBuilder().setName("x").addAllValues(List.of(1f, 2f)).build();
  private static final LabelledRecord LABEL =
      LabelledRecord.newBuilder()
          .addLabels(Label.newBuilder().setName("y").setClassName("spam"))
          .build();

  @TempDir private Path folder;

  @Test
  void join_predictionLogAndLabels_answeredInputsWithTheirLabel() throws Exception {
    JoinTotals totals = new JoinTotals();
    try (TopologyTestDriver driver = driver(totals)) {
      // Given
      TestInputTopic<String, byte[]> log =
          driver.createInputTopic("log", new StringSerializer(), new ByteArraySerializer());
      TestInputTopic<String, byte[]> labels =
          driver.createInputTopic("labels", new StringSerializer(), new ByteArraySerializer());

      // When
      log.pipeInput("id", prediction(Prediction.Role.SHADOW), 1000);
      log.pipeInput("id", prediction(Prediction.Role.ANSWER), 1001);
      log.pipeInput("bad", "no prediction".getBytes(UTF_8), 1002);
      labels.pipeInput("id", LABEL.toByteArray(), 1003);

      // Then
      byte[] joined =
          driver
              .createOutputTopic(
                  "records", new ByteArrayDeserializer(), new ByteArrayDeserializer())
              .readValue();
      assertThat(LabelledRecord.parseFrom(joined))
          .isEqualTo(
              LABEL.toBuilder().setId("id").setEventTimeMillis(999).addInputs(INPUT).build());
      assertThat(totals.of(Outcome.JOINED)).isEqualTo(1);
      assertThat(totals.of(Outcome.UNREADABLE)).isEqualTo(1);
      assertThat(totals.of(Outcome.DUPLICATE_FEATURES)).isZero();
    }
  }

  private TopologyTestDriver driver(JoinTotals totals) {
    JoinSettings settings =
        new JoinSettings(
            "log",
            FeaturesFormat.PREDICTIONS,
            "labels",
            "records",
            Optional.empty(),
            JoinFormat.PROTOBUF,
            Duration.ofHours(1));
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
    properties.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
    return new TopologyTestDriver(JoinTopology.of(settings, totals, new TopicLimits()), properties);
  }

  private static byte[] prediction(Prediction.Role role) {
    return Prediction.newBuilder()
        .setId("id")
        .setModel("m")
        .setVersion("7")
        .setRole(role)
        .setTimeMillis(999)
        .addInputs(INPUT)
        .addOutputs(Prediction.Output.newBuilder().setName("y").setClassName("ham"))
        .build()
        .toByteArray();
  }
}

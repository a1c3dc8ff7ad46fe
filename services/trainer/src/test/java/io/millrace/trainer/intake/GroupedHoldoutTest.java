package io.millrace.trainer.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.learning.Learner;
import io.millrace.learning.LearnerSettings;
import io.millrace.learning.LearningEvent;
import io.millrace.proto.records.v1.Label;
import io.millrace.proto.records.v1.LabelledRecord;
import io.millrace.settings.Section;
import io.millrace.trainer.decoding.JsonDecoder;
import io.millrace.trainer.decoding.Models;
import io.millrace.trainer.decoding.RecordFormat;
import io.millrace.trainer.decoding.protobuf.ProtobufTexts;
import io.millrace.trainer.decoding.shared.Columns;
import io.millrace.trainer.decoding.shared.RecordDecoder;
import io.millrace.trainer.decoding.shared.Rejected;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Records of one group are on one side of the split in any order, and slices are evaluated. */
class GroupedHoldoutTest {
  private static final Map<String, Object> SLICED =
      Map.of(
          "slices",
          List.of("carrier"),
          "holdout",
          0.5,
          "window",
          "2h",
          "min_window",
          10,
          "evaluate_every",
          "3h");

  private static final Map<String, Object> GROUPED = Map.of("group_by", "user_id", "holdout", 0.3);

  @Property(tries = 50)
  void hash_anyOrderOfUsers_putsNoUserOnBothSides(
      @ForAll @Size(200) List<@IntRange(max = 60) Integer> users) {
    // Given
    Learner learner = learner(GROUPED, new ArrayList<>());
    RecordDecoder decoder = decoder(learner, GROUPED);
    Holdout holdout = Holdout.by(settings(GROUPED).validation(), learner.context());
    Set<Integer> trained = new HashSet<>();
    Set<Integer> validated = new HashSet<>();

    // When: records of the same users come from several partitions
    for (int i = 0; i < users.size(); i++) {
      byte[] value = json("\"user_id\":" + users.get(i));
      assertThat(decoder.decode(value, learner.batch())).isNull();
      boolean heldOut =
          learner.holdsOut(holdout.hash(new ConsumerRecord<>("t", i % 3, i, null, value)));
      (heldOut ? validated : trained).add(users.get(i));
    }

    // Then
    assertThat(Collections.disjoint(trained, validated)).isTrue();
  }

  @Test
  void decode_groupThatIsMissing_isRejected() {
    Learner learner = learner(GROUPED, new ArrayList<>());

    Rejected rejected = decoder(learner, GROUPED).decode(json("\"user\":1"), learner.batch());

    assertThat(rejected)
        .isEqualTo(new Rejected(Rejected.Reason.MISSING_FIELD, "user_id", "nothing"));
  }

  @Test
  void decode_protobuf_readsIdAndClassOfLabel() {
    // Given
    @Nullable String[] texts = new String[3];
    byte[] value =
        LabelledRecord.newBuilder()
            .addLabels(Label.newBuilder().setName("letter").setClassName("b"))
            .setId("user 7")
            .build()
            .toByteArray();

    // When
    new ProtobufTexts(List.of("id", "letter", "other")).read(value, texts);

    // Then
    assertThat(texts).containsExactly("user 7", "b", null);
  }

  @Test
  void evaluate_slicesAndEventTime_judgesEachSliceOnTheWindowOfThatTime() {
    // Given: one record per minute; evaluated every three hours on the newest two hours
    List<Map<String, Double>> evaluations = new ArrayList<>();
    Learner learner = learner(SLICED, evaluations);
    RecordDecoder decoder = decoder(learner, SLICED);
    Holdout holdout = Holdout.by(settings(SLICED).validation(), learner.context());

    // When
    for (int minute = 0; minute < 24 * 60; minute++) {
      byte[] value = json("\"carrier\":\"" + (minute % 3 == 0 ? "AA" : "BB") + "\"");
      learner.context().setTimeMillis(minute * 60_000L);
      assertThat(decoder.decode(value, learner.batch())).isNull();
      if (learner.holdsOut(holdout.hash(new ConsumerRecord<>("t", 0, minute, null, value)))) {
        learner.validate();
      } else {
        learner.train();
      }
    }

    // Then
    assertThat(evaluations).hasSizeBetween(6, 8);
    assertThat(learner.progress().windowSize()).isBetween(40, 160);
    assertThat(evaluations.get(evaluations.size() - 1))
        .containsKeys(
            "val_accuracy",
            "val_accuracy[carrier=AA]",
            "val_accuracy[carrier=BB]",
            "val_loss[carrier=BB]")
        .doesNotContainKey("val_accuracy[carrier absent]");
  }

  private static byte[] json(String further) {
    return ("{\"x\":1,\"y\":2,\"z\":3,\"label\":\"a\"," + further + "}")
        .getBytes(StandardCharsets.UTF_8);
  }

  private static RecordDecoder decoder(Learner learner, Map<String, Object> validation) {
    return ContextDecoder.around(
        new JsonDecoder(new Columns(Models.classes())),
        RecordFormat.JSON.read(Section.root(Map.of())),
        settings(validation).validation(),
        learner.context());
  }

  private static Learner learner(
      Map<String, Object> validation, List<Map<String, Double>> evaluations) {
    return new Learner(
        Models.classes(),
        settings(validation),
        event -> {
          if (event instanceof LearningEvent.Evaluated evaluated) {
            evaluations.add(evaluated.scores());
          }
        });
  }

  private static LearnerSettings settings(Map<String, Object> validation) {
    Section root = Section.root(Map.of("validation", validation));
    LearnerSettings settings = LearnerSettings.read(root, Models.classes());
    root.finish();
    return settings;
  }
}

package io.millrace.trainer.intake;

import io.millrace.learning.evaluation.RecordContext;
import io.millrace.learning.evaluation.ValidationSettings;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.settings.Section;
import io.millrace.trainer.decoding.IndexDecoder;
import io.millrace.trainer.decoding.RecordFormat;
import io.millrace.trainer.decoding.TargetDecoder;
import io.millrace.trainer.decoding.shared.DecoderFactory;
import io.millrace.trainer.decoding.shared.RecordDecoder;
import java.util.Locale;

/**
 * The section {@code records} of a model's settings: the records it learns from.
 *
 * @param topic the topic of the labelled records; it must exist
 * @param format the format of their values
 * @param decoders creates the decoders of that format
 * @param deadLetters the topic for records that cannot be used; created if it is missing
 * @param onDataLoss what happens when the next records are no longer on the topic
 */
public record RecordSettings(
    String topic,
    RecordFormat format,
    DecoderFactory decoders,
    String deadLetters,
    DataLoss onDataLoss) {
  private static final String UNREADABLE =
      "have the field %s, which is %s; allowed for what a model reads: numbers, texts, truth values,"
          + " dates and times, or lists of numbers or texts";
  private static final String TOPIC_NAME = "[A-Za-z0-9._-]{1,249}";

  public static RecordSettings read(Section section) {
    String topic =
        section
            .text("topic", "topic of the labelled records")
            .check("a topic's name", name -> name.matches(TOPIC_NAME))
            .required();
    RecordFormat format =
        section
            .choice("format", RecordFormat.class, "format of the records' values")
            .orElse(RecordFormat.JSON);
    return new RecordSettings(
        topic,
        format,
        format.read(section),
        section
            .text("dead_letters", "topic of the records that cannot be used")
            .check("a topic's name", name -> name.matches(TOPIC_NAME))
            .check("another topic than the records'", name -> !name.equals(topic))
            .orElse(topic + ".dead-letters"),
        section
            .choice(
                "on_data_loss",
                DataLoss.class,
                "whether to stop, or to continue with the oldest record there is, if the next records"
                    + " are gone: the topic was created again, or records were deleted")
            .orElse(DataLoss.SKIP));
  }

  /**
   * Reports the model's fields whose type cannot be read, and the fields of {@code group_by} and
   * {@code slices} that the records cannot have.
   */
  public void checkFields(Section root, ValidationSettings validation, ModelDefinition model) {
    model.inputs().stream()
        .flatMap(input -> input.cells().stream())
        .forEach(cells -> checkReadable(root, cells.field()));
    model.labelledOutputs().forEach(output -> checkReadable(root, output.field()));
    validation.groupBy().ifPresent(field -> checkField(root, "validation.group_by", field, model));
    validation.slices().forEach(field -> checkField(root, "validation.slices", field, model));
  }

  private void checkReadable(Section root, String field) {
    decoders
        .unreadable(field)
        .ifPresent(type -> root.report("records", UNREADABLE.formatted(field, type)));
  }

  private void checkField(Section root, String option, String field, ModelDefinition model) {
    if (!decoders.mayHave(field, model)) {
      root.report(
          option,
          "has %s, but records of format %s have no such text, number or boolean%s"
              .formatted(
                  field,
                  format.name().toLowerCase(Locale.ROOT),
                  format == RecordFormat.PROTOBUF ? "; allowed: id, and labels with classes" : ""));
    }
  }

  /** Returns the model as these records fill its rows: in single precision if the format is. */
  public ModelDefinition prepared(ModelDefinition model) {
    return format == RecordFormat.PROTOBUF ? model.inSinglePrecision() : model;
  }

  /** Returns a new decoder that writes these records into the rows of {@code model}. */
  public RecordDecoder decoder(ModelDefinition model) {
    return TargetDecoder.around(IndexDecoder.around(decoders.decoder(model), model), model);
  }

  /**
   * Returns a new decoder of these records for a learner.
   *
   * @param context receives the group and the slices of each record
   */
  public RecordDecoder decoder(
      ModelDefinition model, ValidationSettings validation, RecordContext context) {
    return ContextDecoder.around(decoder(model), decoders, validation, context);
  }
}

package io.millrace.joiner.joining;

import com.google.protobuf.InvalidProtocolBufferException;
import io.millrace.proto.predictions.v1.Prediction;
import io.millrace.proto.records.v1.LabelledRecord;
import java.util.Objects;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Converts a prediction of the predictor's log to features: the inputs of a prediction that a
 * client received. Shadow predictions are skipped, since they have the same inputs. A value that is
 * not a prediction becomes null and is then unreadable.
 */
final class PredictionFeatures implements Processor<byte[], byte[], byte[], byte[]> {
  private @Nullable ProcessorContext<byte[], byte[]> context;

  @Override
  public void init(ProcessorContext<byte[], byte[]> newContext) {
    context = newContext;
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    Prediction prediction = prediction(record.value());
    if (prediction == null || prediction.getRole() != Prediction.Role.SHADOW) {
      Objects.requireNonNull(context).forward(record.withValue(features(prediction)));
    }
  }

  private static @Nullable Prediction prediction(byte @Nullable [] value) {
    try {
      return value == null ? null : Prediction.parseFrom(value);
    } catch (InvalidProtocolBufferException e) {
      return null;
    }
  }

  private static byte @Nullable [] features(@Nullable Prediction prediction) {
    return prediction == null
        ? null
        : LabelledRecord.newBuilder()
            .setId(prediction.getId())
            .setEventTimeMillis(prediction.getTimeMillis())
            .addAllInputs(prediction.getInputsList())
            .build()
            .toByteArray();
  }
}

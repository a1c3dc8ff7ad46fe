package io.millrace.benchmarks.stream;

import io.millrace.learning.random.RandomStream;
import io.millrace.proto.records.v1.Label;
import io.millrace.proto.records.v1.LabelledRecord;
import io.millrace.proto.records.v1.NamedValues;
import io.millrace.trainer.decoding.RecordFormat;
import java.nio.charset.StandardCharsets;

/**
 * Records of classes, each scattered around a point. Features are integers, like those of sensors
 * and pixels.
 */
public final class Examples {
  private static final double SPREAD = 40;

  private final Workload workload;
  private final RandomStream points = RandomStream.of(1, 0);
  private final RandomStream noise = RandomStream.of(1, 1);

  public Examples(Workload workload) {
    this.workload = workload;
  }

  /** Returns the value of a record. */
  public byte[] record(int number) {
    int label = noise.split(number).integer(-1, workload.classes());
    return workload.format() == RecordFormat.JSON ? json(number, label) : protobuf(number, label);
  }

  private int feature(int number, int label, int feature) {
    int center = points.split(label).integer(feature, 256);
    return (int) (center + SPREAD * noise.normal((long) number * workload.features() + feature));
  }

  private byte[] json(int number, int label) {
    StringBuilder text = new StringBuilder("{");
    for (int i = 0; i < workload.features(); i++) {
      text.append('"').append(Workload.field(i)).append("\":");
      text.append(feature(number, label, i)).append(',');
    }
    text.append('"').append(Workload.LABEL).append("\":\"");
    text.append(Workload.className(label)).append("\"}");
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private byte[] protobuf(int number, int label) {
    NamedValues.Builder values = NamedValues.newBuilder().setName(Workload.INPUT);
    for (int i = 0; i < workload.features(); i++) {
      values.addValues(feature(number, label, i));
    }
    return LabelledRecord.newBuilder()
        .addInputs(values)
        .addLabels(
            Label.newBuilder().setName(Workload.LABEL).setClassName(Workload.className(label)))
        .build()
        .toByteArray();
  }
}

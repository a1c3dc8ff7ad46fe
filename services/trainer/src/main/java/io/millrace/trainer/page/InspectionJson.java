package io.millrace.trainer.page;

import io.millrace.learning.drift.Evidence;
import io.millrace.learning.inspection.CalibrationBin;
import io.millrace.learning.inspection.Confusion;
import io.millrace.learning.inspection.DriftInspection;
import io.millrace.learning.inspection.Histogram;
import io.millrace.learning.inspection.Inspection;
import io.millrace.learning.inspection.OutputInspection;
import io.millrace.learning.inspection.WeightInspection;
import io.millrace.page.json.JsonText;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;

/** A look into the model as JSON. */
final class InspectionJson {
  private InspectionJson() {}

  /**
   * @param time when the look was taken
   */
  static Buffer of(Inspection look, Instant time) {
    return JsonText.object(
        json -> {
          json.put("records", look.records()).put("time", time);
          json.array("outputs", each -> look.outputs().forEach(output -> write(each, output)));
          json.array(
              "layers", each -> byLayer(look).forEach((name, all) -> write(each, name, all)));
          look.drift().ifPresent(drift -> json.object("drift", fields -> write(fields, drift)));
        });
  }

  private static void write(JsonText json, OutputInspection output) {
    json.add(
        fields -> {
          fields.put("output", output.output());
          fields.array("classes", names -> output.classes().forEach(names::add));
          output.confusion().ifPresent(confusion -> write(fields, confusion));
          fields.array(
              "calibration", bins -> output.calibration().forEach(bin -> write(bins, bin)));
        });
  }

  private static void write(JsonText json, Confusion confusion) {
    json.array(
        "confusion",
        rows -> {
          for (long[] row : confusion.toArray()) {
            rows.addArray(
                counts -> {
                  for (long count : row) {
                    counts.add(count);
                  }
                });
          }
        });
    json.array("recall", numbers -> writeEach(numbers, confusion, confusion::recall));
    json.array("precision", numbers -> writeEach(numbers, confusion, confusion::precision));
    json.array(
        "support",
        numbers -> {
          for (int actual = 0; actual < confusion.classes(); actual++) {
            numbers.add(confusion.support(actual));
          }
        });
  }

  private static void writeEach(JsonText json, Confusion confusion, IntToDoubleFunction number) {
    for (int each = 0; each < confusion.classes(); each++) {
      json.addShort(number.applyAsDouble(each));
    }
  }

  private static void write(JsonText json, CalibrationBin bin) {
    json.add(
        fields ->
            fields
                .put("lower", bin.lower())
                .put("upper", bin.upper())
                .put("records", bin.count())
                .put("confidence", bin.confidence())
                .put("accuracy", bin.accuracy()));
  }

  private static Map<String, List<WeightInspection>> byLayer(Inspection look) {
    Map<String, List<WeightInspection>> layers = new LinkedHashMap<>();
    for (WeightInspection weight : look.weights()) {
      layers.computeIfAbsent(weight.layer(), name -> new ArrayList<>()).add(weight);
    }
    return layers;
  }

  private static void write(JsonText json, String layer, List<WeightInspection> weights) {
    json.add(
        fields ->
            fields
                .put("layer", layer)
                .array("weights", each -> weights.forEach(weight -> write(each, weight))));
  }

  private static void write(JsonText json, WeightInspection weight) {
    json.add(
        fields ->
            fields
                .put("weight", weight.weight())
                .array("shape", sizes -> weight.shape().forEach(sizes::add))
                .put("norm", weight.values().norm())
                .put("gradient_norm", weight.gradient().map(Histogram::norm).orElse(Double.NaN)));
  }

  private static void write(JsonText json, DriftInspection drift) {
    json.put("detector", drift.detector())
        .put("statistic", drift.evidence().map(Evidence::statistic).orElse(Double.NaN))
        .put("threshold", drift.evidence().map(Evidence::threshold).orElse(Double.NaN));
  }
}

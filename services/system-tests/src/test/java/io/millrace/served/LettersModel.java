package io.millrace.served;

import io.millrace.checkpoints.DefinitionJson;
import io.millrace.checkpoints.Snapshot;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A version of the model that the documentation asks about; it takes every letter for a T. */
public final class LettersModel {
  public static final String NAME = "letters";

  private static final List<String> FIELDS =
      List.of(
          ("x_box y_box width high onpix x_bar y_bar x2bar y2bar xybar x2ybr xy2br x_ege xegvy"
                  + " y_ege yegvx")
              .split(" "));
  private static final List<String> CLASSES =
      IntStream.rangeClosed('A', 'Z').mapToObj(Character::toString).toList();

  private LettersModel() {}

  public static List<Snapshot> versions() {
    float[] parameters = new float[(FIELDS.size() + 1) * CLASSES.size()];
    int biases = FIELDS.size() * CLASSES.size();
    parameters[biases + CLASSES.indexOf("T")] = 10;
    return List.of(Snapshots.of(definition(), parameters));
  }

  private static String definition() {
    return DefinitionJson.write(
        Map.of(
            "inputs",
            Map.of("features", Map.of("fields", FIELDS, "scaling", "none")),
            "network",
            Map.of(
                "layers",
                List.of(Map.of("type", "dense", "units", CLASSES.size(), "activation", "softmax"))),
            "outputs",
            Map.of("letter", Map.of("classes", CLASSES))));
  }
}

package io.millrace.learning.model;

import io.millrace.learning.network.NetworkDefinition;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One of several learners on one stream, whose answers are combined into the model's.
 *
 * @param name unique in the model
 * @param network its layers
 * @param overrides its settings that differ from the document's: the sections {@code training},
 *     which may be incomplete, and {@code network}, which takes the place of the document's
 */
public record Rival(String name, NetworkDefinition network, Map<String, Object> overrides) {
  static final String NAME = "name";
  static final String NETWORK = "network";
  static final String TRAINING = "training";

  public Rival {
    overrides = Collections.unmodifiableMap(new LinkedHashMap<>(overrides)); // keeps the order
  }

  /** Returns whether its layers take the place of the document's. */
  public boolean hasOwnNetwork() {
    return overrides.containsKey(NETWORK);
  }

  /** Returns whether another one has the same name, layers and settings. */
  public boolean isSameAs(Rival other) {
    return MemberForm.of(this).equals(MemberForm.of(other));
  }

  /** Returns the item of the list of learners that defines this rival. */
  Map<String, Object> tree() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put(NAME, name);
    tree.putAll(overrides);
    return tree;
  }
}

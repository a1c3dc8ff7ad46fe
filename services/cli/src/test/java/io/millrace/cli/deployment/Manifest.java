package io.millrace.cli.deployment;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.kubernetes.client.openapi.JSON;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A Kubernetes object.
 *
 * @param source the file that it was read from
 */
record Manifest(String source, JsonObject object) {

  /** Reads all objects of a YAML text. */
  static List<Manifest> read(String source, String yaml) {
    Gson gson = new Gson();
    return Repository.documents(yaml).stream()
        .map(document -> new Manifest(source, gson.toJsonTree(document).getAsJsonObject()))
        .toList();
  }

  /** Fails if Kubernetes does not know a field, or a value has another type. */
  void validate() throws ReflectiveOperationException {
    Class<?> type = Class.forName("io.kubernetes.client.openapi.models.V1" + kind());
    type.getMethod("validateJsonElement", JsonElement.class).invoke(null, object);
    JSON.getGson().fromJson(object, type);
  }

  /** Returns whether it is of the Prometheus Operator, whose schema Kubernetes does not have. */
  boolean isOfPrometheus() {
    return object.get("apiVersion").getAsString().equals("monitoring.coreos.com/v1");
  }

  String kind() {
    return object.get("kind").getAsString();
  }

  String name() {
    return at(object, "metadata", "name").getAsString();
  }

  /** Returns the containers of a workload; empty for other objects. */
  List<JsonObject> containers() {
    return isWorkload() ? objects(podSpec(), "containers") : List.of();
  }

  /** Returns the labels of a workload's pods; empty for other objects. */
  Set<Map.Entry<String, JsonElement>> podLabels() {
    return isWorkload()
        ? at(object, "spec", "template", "metadata", "labels").getAsJsonObject().entrySet()
        : Set.of();
  }

  /** Returns the labels of the pods that this object selects; empty if it selects none. */
  Set<Map.Entry<String, JsonElement>> selector() {
    JsonObject spec = object.has("spec") ? object.getAsJsonObject("spec") : new JsonObject();
    JsonElement selector = spec.has("podSelector") ? spec.get("podSelector") : spec.get("selector");
    if (selector == null) {
      return Set.of();
    }
    JsonElement labels = selector.getAsJsonObject().get("matchLabels");
    return (labels == null ? selector : labels).getAsJsonObject().entrySet();
  }

  /** Returns whether this object selects a workload's pods. */
  boolean selects(Manifest workload) {
    return !selector().isEmpty() && workload.podLabels().containsAll(selector());
  }

  private boolean isWorkload() {
    return kind().equals("Deployment") || kind().equals("StatefulSet");
  }

  JsonObject podSpec() {
    return at(object, "spec", "template", "spec").getAsJsonObject();
  }

  static List<JsonObject> objects(JsonObject parent, String key) {
    return parent.has(key)
        ? elements(parent.get(key)).map(JsonElement::getAsJsonObject).toList()
        : List.of();
  }

  static List<String> texts(JsonObject parent, String key) {
    return parent.has(key)
        ? elements(parent.get(key)).map(JsonElement::getAsString).toList()
        : new ArrayList<>();
  }

  static JsonElement at(JsonObject object, String... keys) {
    JsonElement element = object;
    for (String key : keys) {
      element = element.getAsJsonObject().get(key);
    }
    return element;
  }

  private static Stream<JsonElement> elements(JsonElement array) {
    return StreamSupport.stream(array.getAsJsonArray().spliterator(), false);
  }

  @Override
  public String toString() {
    return source + ": " + kind() + " " + name();
  }
}

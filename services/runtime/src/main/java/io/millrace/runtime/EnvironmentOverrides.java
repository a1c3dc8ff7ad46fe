package io.millrace.runtime;

import io.millrace.runtime.YamlDocument.InvalidYamlException;
import io.millrace.settings.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Options from environment variables, which override those of a file.
 *
 * <p>A variable names its option in upper case: {@code MILLRACE_}, then the keys from the root,
 * joined by {@code __}. So {@code MILLRACE_KAFKA__BOOTSTRAP_SERVERS} sets {@code
 * kafka.bootstrap_servers}. A character that a variable's name cannot have is written as {@code _}:
 * {@code MILLRACE_KAFKA__PROPERTIES__SECURITY_PROTOCOL}. The file need not have the option. A list
 * is written as in YAML: {@code a, b, c} in square brackets.
 *
 * <p>A variable without {@code __} is ignored. Kubernetes derives such names from services, {@code
 * MILLRACE_PREDICTOR_PORT} for example, and the launcher has its own.
 */
final class EnvironmentOverrides {
  private static final String PREFIX = "MILLRACE_";
  private static final String SEPARATOR = "__";

  private final Map<String, String> environment;
  private final Map<String, String> variablesByPath = new LinkedHashMap<>();

  EnvironmentOverrides(Map<String, String> environment) {
    this.environment = new TreeMap<>(environment);
  }

  /** Returns the document with the variables' options applied. */
  Map<String, Object> over(Map<String, Object> document) {
    Map<String, Object> result = document;
    for (Map.Entry<String, String> variable : environment.entrySet()) {
      String name = variable.getKey();
      if (name.startsWith(PREFIX) && name.contains(SEPARATOR)) {
        List<String> keys = List.of(name.substring(PREFIX.length()).split(SEPARATOR));
        List<String> path = new ArrayList<>();
        result = put(result, keys, value(variable.getValue()), path);
        variablesByPath.put(String.join(".", path), name);
      }
    }
    return result;
  }

  /** Adds the variable's name to a problem with a value that a variable set. */
  Problem named(Problem problem) {
    String variable = variablesByPath.get(problem.path());
    return variable == null
        ? problem
        : new Problem(problem.path(), problem.message() + " (from " + variable + ")");
  }

  private static Map<String, Object> put(
      Map<?, ?> section, List<String> keys, Object value, List<String> path) {
    Map<String, Object> result = new LinkedHashMap<>();
    section.forEach((key, present) -> result.put(String.valueOf(key), present));
    String key = keyIn(result, keys.get(0));
    path.add(key);
    List<String> rest = keys.subList(1, keys.size());
    result.put(key, rest.isEmpty() ? value : put(below(result.get(key)), rest, value, path));
    return result;
  }

  private static String keyIn(Map<String, Object> section, String variablePart) {
    return section.keySet().stream()
        .filter(key -> asVariablePart(key).equals(variablePart))
        .findFirst()
        .orElse(variablePart.toLowerCase(Locale.ROOT));
  }

  private static String asVariablePart(String key) {
    return key.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
  }

  /** A text in the place of a section is the section's type, as in {@code optimizer: adam}. */
  private static Map<?, ?> below(@Nullable Object value) {
    if (value instanceof Map<?, ?> section) {
      return section;
    }
    return value == null ? Map.of() : Map.of("type", value);
  }

  private static Object value(String text) {
    if (!text.startsWith("[")) {
      return text;
    }
    try {
      return YamlDocument.read(text) instanceof List<?> list ? list : text;
    } catch (InvalidYamlException e) {
      return text; // the option refuses it, because it needs a list
    }
  }
}

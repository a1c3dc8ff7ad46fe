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
 * Options given as environment variables, in force over those of a file.
 *
 * <p>A variable names its option in upper case: {@code MILLRACE_}, then the keys from the root with
 * {@code __} between them, as in {@code MILLRACE_KAFKA__BOOTSTRAP_SERVERS} for {@code
 * kafka.bootstrap_servers}. Any character that a variable's name cannot have is written {@code _}:
 * {@code MILLRACE_KAFKA__PROPERTIES__SECURITY_PROTOCOL}. The option need not be in the file. A list
 * is written as in YAML, {@code a, b, c} in square brackets.
 *
 * <p>A variable without {@code __} is none of these: Kubernetes makes such names from those of
 * services, {@code MILLRACE_PREDICTOR_PORT} for one, and the launcher has its own.
 */
final class EnvironmentOverrides {
  private static final String PREFIX = "MILLRACE_";
  private static final String SEPARATOR = "__";

  private final Map<String, String> environment;
  private final Map<String, String> variablesByPath = new LinkedHashMap<>();

  EnvironmentOverrides(Map<String, String> environment) {
    this.environment = new TreeMap<>(environment);
  }

  /** Returns the document with the options of the variables in it. */
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

  /** Returns the problem with the name of the variable that gave the value, if one did. */
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

  /** A text where a section is wanted names the section's type, as in {@code optimizer: adam}. */
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
      return text; // which the option refuses: it needs a list
    }
  }
}

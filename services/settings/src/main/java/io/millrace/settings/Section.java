package io.millrace.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One section of a settings document: a map of options, each read once by name.
 *
 * <p>Nothing here throws for a bad document. Problems are collected over the whole tree, unread
 * keys included, and {@link #finish} reports them together. Confined to one thread.
 */
public final class Section {
  private static final String TYPE = "type";

  private final String path;
  private final Map<String, Object> values;
  private final List<Problem> problems;
  private final List<Described> described;
  private final NamedFiles files;
  private final Set<String> known = new LinkedHashSet<>();

  /** Keys without their own option, which every call of {@link #remaining} returns. */
  private final Set<String> free = new HashSet<>();

  private final Map<String, Section> children = new LinkedHashMap<>();

  /** The type if the section is absent; null for a section without a type. */
  private @Nullable String defaultType;

  private Section(
      String path,
      Map<String, Object> values,
      List<Problem> problems,
      List<Described> described,
      NamedFiles files) {
    this.path = path;
    this.values = values;
    this.problems = problems;
    this.described = described;
    this.files = files;
  }

  /** Returns the root section of a document, a tree of maps, lists, texts, numbers and booleans. */
  public static Section root(Map<String, ?> document) {
    return root(document, NamedFiles.NONE);
  }

  /** Returns the root section of a document that may name other files. */
  public static Section root(Map<String, ?> document, NamedFiles files) {
    return new Section(
        "", new LinkedHashMap<>(document), new ArrayList<>(), new ArrayList<>(), files);
  }

  /**
   * Returns the root section of another document, such as a variation of this one. It may name the
   * same files; its problems are its own.
   */
  public Section other(Map<String, ?> document) {
    return root(document, files);
  }

  /** Returns the section's dotted keys; empty for the root. */
  public String path() {
    return path;
  }

  /** Returns the section as it was given: maps, lists, texts, numbers and booleans. */
  public Map<String, Object> tree() {
    return Collections.unmodifiableMap(values);
  }

  public boolean has(String key) {
    return !isAbsent(key);
  }

  /** Returns whether {@code key} holds a section, for keys that may hold a plain value too. */
  public boolean hasSection(String key) {
    return values.get(key) instanceof Map<?, ?>;
  }

  /** Returns whether {@code key} holds a list, for keys that may hold a plain value too. */
  public boolean hasList(String key) {
    return values.get(key) instanceof List<?>;
  }

  public Option<Integer> integer(String key, String meaning) {
    return new Option<>(this, key, meaning, "whole number", 1, Scalars::integer);
  }

  public Option<Long> longInteger(String key, String meaning) {
    return new Option<>(this, key, meaning, "whole number", 1L, Scalars::longInteger);
  }

  public Option<Double> decimal(String key, String meaning) {
    return new Option<>(this, key, meaning, "number", 0.5, Scalars::decimal);
  }

  public Option<Boolean> flag(String key, String meaning) {
    return new Option<>(this, key, meaning, "true or false", false, Scalars::flag);
  }

  public Option<String> text(String key, String meaning) {
    return new Option<>(this, key, meaning, "text", "", Scalars::text);
  }

  public Option<Secret> secret(String key, String meaning) {
    return new Option<>(
        this,
        key,
        meaning,
        "text",
        new Secret(""),
        raw -> raw instanceof String s ? new Secret(s) : null);
  }

  /** A duration such as {@code 500ms}, {@code 10s}, {@code 5m}, {@code 2h}. */
  public Option<Duration> duration(String key, String meaning) {
    return new Option<>(
        this,
        key,
        meaning,
        "time such as 500ms, 10s, 5m",
        Duration.ofSeconds(1),
        Scalars::duration);
  }

  /** A constant of an enum, in lower case. */
  public <E extends Enum<E>> Option<E> choice(String key, Class<E> type, String meaning) {
    E[] constants = type.getEnumConstants();
    String names = Arrays.stream(constants).map(Scalars::written).collect(Collectors.joining(", "));
    return new Option<>(
            this,
            key,
            meaning,
            "one of " + names,
            constants[0],
            raw -> Scalars.choice(raw, constants))
        .suggesting(Arrays.stream(constants).map(Scalars::written).toList());
  }

  public Option<List<String>> texts(String key, String meaning) {
    return new Option<>(this, key, meaning, "list of texts", List.of(), Scalars::texts);
  }

  /** A list of integers; a single number counts as a list of one. */
  public Option<List<Integer>> integers(String key, String meaning) {
    return new Option<>(this, key, meaning, "list of whole numbers", List.of(1), Scalars::integers);
  }

  public Option<List<Double>> decimals(String key, String meaning) {
    return new Option<>(this, key, meaning, "list of numbers", List.of(), Scalars::decimals);
  }

  /** Returns the path of the file that {@code key} names; the file may not exist. */
  public Optional<Path> filePath(String key, String meaning) {
    return text(key, meaning).optional().map(files::resolve);
  }

  /** Returns the path of the file or folder that {@code key} names, or that of the default name. */
  public Path filePath(String key, String meaning, String defaultName) {
    return files.resolve(text(key, meaning).orElse(defaultName));
  }

  /** Returns the content of the file that {@code key} names. An unreadable file is a problem. */
  public Optional<Map<String, Object>> fileTree(String key, String meaning) {
    Optional<String> name = text(key, meaning).optional();
    try {
      return name.map(files::tree);
    } catch (InvalidSettingsException e) {
      e.problems().forEach(problem -> report(key, problem.message()));
      return Optional.empty();
    }
  }

  /** Returns the section under {@code key}. An absent one is empty, so all its defaults apply. */
  public Section section(String key) {
    Object raw = raw(key);
    if (raw == null) {
      return child(key, Map.of());
    }
    if (raw instanceof Map<?, ?> map) {
      return child(key, map);
    }
    report(key, "is " + Scalars.written(raw) + "; allowed: a section of options");
    return child(key, Map.of());
  }

  /**
   * Returns the section under {@code key}; empty if it is absent. A value that is no section stands
   * for the section's option {@code option} alone.
   */
  public Optional<Section> optionalSection(String key, String option) {
    Object raw = raw(key);
    return raw == null || raw instanceof Map<?, ?>
        ? optionalSection(key)
        : Optional.of(child(key, Map.of(option, raw)));
  }

  /** Returns the section under {@code key}; empty if it is absent. */
  public Optional<Section> optionalSection(String key) {
    known.add(key);
    return isAbsent(key) ? Optional.empty() : Optional.of(section(key));
  }

  /**
   * Returns a section with a type: either the type's name, {@code optimizer: adam}, or a section
   * with a {@code type} option.
   */
  public Section typed(String key, String defaultType) {
    return typed(key, Map.of(TYPE, defaultType));
  }

  /** Returns a section with a type; if the key is absent, one with the default options. */
  public Section typed(String key, Map<String, ?> defaultOptions) {
    Object raw = raw(key);
    if (raw instanceof Map<?, ?> map) {
      return typed(child(key, map), defaultOptions);
    }
    if (raw != null && !(raw instanceof String)) {
      report(key, "is " + Scalars.written(raw) + "; allowed: a name, or a section with a type");
    }
    return typed(
        child(key, raw instanceof String type ? Map.of(TYPE, type) : defaultOptions),
        defaultOptions);
  }

  /** Sets the documented default of a section. */
  private static Section typed(Section section, Map<String, ?> defaultOptions) {
    section.defaultType = Scalars.typed(TYPE, defaultOptions);
    return section;
  }

  /** Returns the sections of a list. An item that is a text is a section with that type. */
  public List<Section> sections(String key) {
    Object raw = raw(key);
    if (raw == null) {
      return List.of();
    }
    if (!(raw instanceof List<?> list)) {
      report(key, "is " + Scalars.written(raw) + "; allowed: a list");
      return List.of();
    }
    List<Section> result = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      String item = key + "[" + i + "]";
      if (list.get(i) instanceof Map<?, ?> map) {
        result.add(child(item, map));
      } else if (list.get(i) instanceof String type) {
        result.add(child(item, Map.of(TYPE, type)));
      } else {
        report(item, "is " + Scalars.written(list.get(i)) + "; allowed: a section of options");
      }
    }
    return result;
  }

  /**
   * Returns the sections of a list whose items have a type, as in {@link #typed}. An absent list
   * has one item, of the default type.
   */
  public List<Section> typedList(String key, String defaultType, String meaning) {
    describe(key, "list of names, or of sections with a type", defaultType, meaning);
    return isAbsent(key) ? List.of(child(key + "[0]", Map.of(TYPE, defaultType))) : sections(key);
  }

  /** Returns the named sections under {@code key}, in the order of the document. */
  public Map<String, Section> namedSections(String key) {
    Section parent = section(key);
    Map<String, Section> result = new LinkedHashMap<>();
    parent.values.keySet().forEach(name -> result.put(name, parent.section(name)));
    return result;
  }

  /**
   * Returns every option left in this section as text, for settings that another library reads.
   * They may be secrets, so problems never quote their values.
   */
  public Map<String, String> remaining(String meaning) {
    describe("*", "text", "none", meaning);
    Map<String, String> result = new LinkedHashMap<>();
    for (String key : values.keySet()) {
      if (known.add(key)) {
        free.add(key);
      }
      if (free.contains(key) && values.get(key) != null) {
        String text = Scalars.text(values.get(key));
        if (text == null) {
          report(key, "is a section or a list; allowed: text");
        } else {
          result.put(key, text);
        }
      }
    }
    return result;
  }

  /** Returns the values of these keys of this section as they were given. */
  public Map<String, Object> tree(String... keys) {
    Map<String, Object> result = new LinkedHashMap<>();
    for (String key : keys) {
      Object value = values.get(key);
      if (value != null) {
        result.put(key, value);
      }
    }
    return result;
  }

  /** Sets an option that the document does not have, as if it were written there. */
  public void assume(String key, Object value) {
    if (isAbsent(key)) {
      values.put(key, value);
    }
  }

  /** Leaves keys to another reader of the same document: they do not count as unknown. */
  public void ignore(String... keys) {
    known.addAll(List.of(keys));
  }

  /** Reports a problem with {@code key}; with the section itself if the key is empty. */
  public void report(String key, String message) {
    problems.add(new Problem(pathOf(key), message));
    if (key.equals(TYPE)) {
      known.addAll(values.keySet()); // the options of an unknown type are unknown
    }
  }

  /**
   * Ends the reading of the whole document. Equal problems from two readers are reported once.
   *
   * @throws InvalidSettingsException with every problem, unknown keys included
   */
  public void finish() {
    reportUnknown();
    if (!problems.isEmpty()) {
      throw new InvalidSettingsException(problems.stream().distinct().toList());
    }
  }

  /** Returns the options read so far, in the order of reading, for the documentation. */
  public List<Described> described() {
    return described.stream().distinct().toList();
  }

  void describe(String key, String type, String defaultValue, String meaning) {
    String shown = key.equals(TYPE) && defaultType != null ? defaultType : defaultValue;
    described.add(new Described(pathOf(key), type, shown, meaning));
  }

  boolean isAbsent(String key) {
    return values.get(key) == null;
  }

  @Nullable Object raw(String key) {
    known.add(key);
    return values.get(key);
  }

  private Section child(String key, Map<?, ?> map) {
    Map<String, Object> copy = new LinkedHashMap<>();
    map.forEach((name, value) -> copy.put(String.valueOf(name), value));
    return children.computeIfAbsent(
        key, k -> new Section(pathOf(k), copy, problems, described, files));
  }

  private String pathOf(String key) {
    if (key.isEmpty()) {
      return path;
    }
    return path.isEmpty() ? key : path + "." + key;
  }

  private void reportUnknown() {
    for (String key : values.keySet()) {
      if (!known.contains(key)) {
        report(key, UnknownKey.problem(key, known, described));
      }
    }
    children.values().forEach(Section::reportUnknown);
  }
}

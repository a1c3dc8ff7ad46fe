package io.millrace.settings;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One option of a section, read by {@link #orElse}, {@link #required} or {@link #optional}.
 *
 * <p>A value of the wrong type or out of bounds is reported as a problem and replaced by a harmless
 * one. So reading goes on, and one pass finds every problem.
 *
 * @param <T> the type of the value
 */
public final class Option<T> {
  private final Section section;
  private final String key;
  private final String meaning;
  private final Function<Object, @Nullable T> parser;
  private final T harmless;
  private String allowed;
  private Predicate<T> valid = value -> true;
  private Collection<String> names = List.of();

  Option(
      Section section,
      String key,
      String meaning,
      String allowed,
      T harmless,
      Function<Object, @Nullable T> parser) {
    this.section = section;
    this.key = key;
    this.meaning = meaning;
    this.allowed = allowed;
    this.harmless = harmless;
    this.parser = parser;
  }

  /** Adds a bound. {@code description} continues the type's name: "whole number, at least 1". */
  public Option<T> check(String description, Predicate<T> condition) {
    allowed = allowed + ", " + description;
    valid = valid.and(condition);
    return this;
  }

  /** Sets the names that values are chosen from, for the message about a misspelt one. */
  Option<T> suggesting(Collection<String> choices) {
    names = choices;
    return this;
  }

  /** Allows only one value. */
  public Option<T> only(T value) {
    allowed = Scalars.written(value);
    valid = valid.and(value::equals);
    return this;
  }

  public Option<T> atLeast(double minimum) {
    return check("at least " + Scalars.plain(minimum), v -> number(v) >= minimum);
  }

  public Option<T> atMost(double maximum) {
    return check("at most " + Scalars.plain(maximum), v -> number(v) <= maximum);
  }

  public Option<T> above(double bound) {
    return check("above " + Scalars.plain(bound), v -> number(v) > bound);
  }

  public Option<T> below(double bound) {
    return check("below " + Scalars.plain(bound), v -> number(v) < bound);
  }

  /** Returns the value; {@code defaultValue} if the key is absent. */
  public T orElse(T defaultValue) {
    section.describe(key, allowed, Scalars.written(defaultValue), meaning);
    return value().orElse(defaultValue);
  }

  /** Returns the value; an absent key is a problem. */
  public T required() {
    section.describe(key, allowed, "required", meaning);
    if (section.isAbsent(key)) {
      section.report(key, "is required: " + allowed + " (" + meaning + ")");
    }
    return value().orElse(harmless);
  }

  /** Returns the value; empty if the key is absent. */
  public Optional<T> optional() {
    section.describe(key, allowed, "none", meaning);
    return value();
  }

  private Optional<T> value() {
    Object raw = section.raw(key);
    if (raw == null) {
      return Optional.empty();
    }
    T value = parser.apply(raw);
    if (value == null || !valid.test(value)) {
      String written = Scalars.written(raw);
      section.report(
          key,
          "is %s; %sallowed: %s".formatted(written, Spelling.suggestion(written, names), allowed));
      return Optional.of(harmless);
    }
    return Optional.of(value);
  }

  private static <T> double number(T value) {
    return ((Number) Objects.requireNonNull(value)).doubleValue();
  }
}

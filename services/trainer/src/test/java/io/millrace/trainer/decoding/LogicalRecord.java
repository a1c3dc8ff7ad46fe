package io.millrace.trainer.decoding;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A record independent of any format: {@code age} (a number), {@code user.city} (a text in an
 * object), {@code tags} (two numbers), {@code note} (a text), {@code label} (a text). An absent
 * field is missing.
 */
record LogicalRecord(Map<String, Object> fields) {

  static LogicalRecord whole() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("age", 42.5);
    fields.put("city", "Köln");
    fields.put("tags", List.of(1.5, -2.0));
    fields.put("note", "Said \"no\", then; went");
    fields.put("label", "yes");
    return new LogicalRecord(fields);
  }

  LogicalRecord with(String field, Object value) {
    Map<String, Object> changed = new LinkedHashMap<>(fields);
    changed.put(field, value);
    return new LogicalRecord(changed);
  }

  LogicalRecord without(String field) {
    Map<String, Object> changed = new LinkedHashMap<>(fields);
    changed.remove(field);
    return new LogicalRecord(changed);
  }
}

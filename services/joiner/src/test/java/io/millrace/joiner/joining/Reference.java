package io.millrace.joiner.joining;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A second implementation of the join's rules, with maps, that ends all expired records at once.
 */
final class Reference {
  private final long within;
  private final Map<String, Event> features = new HashMap<>();
  private final Map<String, Event> labels = new HashMap<>();
  private final Map<String, Joined> done = new HashMap<>();
  private final Map<Outcome, Long> counts = new EnumMap<>(Outcome.class);
  private final List<String> joined = new ArrayList<>();
  private final List<Long> leaps = new ArrayList<>();
  private long now;

  Reference(long within) {
    this.within = within;
  }

  void take(Event event) {
    observe(event.timestamp());
    if (event.key() == null) {
      add(Outcome.WITHOUT_KEY);
    } else if (event.value().equals("{")) {
      add(Outcome.UNREADABLE);
    } else {
      expire(event.key(), Math.max(now, event.timestamp()));
      join(event.key(), event);
    }
  }

  private void join(String key, Event event) {
    if (event.isLabel()) {
      label(key, event);
    } else {
      features(key, event);
    }
  }

  void passTo(long time) {
    now = time;
    Set<String> keys = new HashSet<>(features.keySet());
    keys.addAll(labels.keySet());
    keys.addAll(done.keySet());
    keys.forEach(key -> expire(key, now));
  }

  private void observe(long timestamp) {
    if (timestamp <= now + within) {
      leaps.clear();
      passTo(Math.max(now, timestamp));
      return;
    }
    leaps.add(timestamp);
    if (leaps.size() == 5) {
      passTo(Collections.min(leaps));
      leaps.clear();
    }
  }

  private void expire(String key, long time) {
    if (features.containsKey(key) && features.get(key).timestamp() + within < time) {
      features.remove(key);
      add(Outcome.NEVER_LABELLED);
    }
    if (labels.containsKey(key) && labels.get(key).timestamp() + within < time) {
      labels.remove(key);
      add(Outcome.LATE_LABEL);
    }
    if (done.containsKey(key) && done.get(key).until < time) {
      done.remove(key);
    }
  }

  long count(Outcome outcome) {
    return counts.getOrDefault(outcome, 0L);
  }

  List<String> joined() {
    return joined;
  }

  private void features(String key, Event event) {
    Event label = labels.get(key);
    if (features.containsKey(key) || done.containsKey(key)) {
      add(Outcome.DUPLICATE_FEATURES);
    } else if (label != null && Math.abs(label.timestamp() - event.timestamp()) <= within) {
      labels.remove(key);
      join(key, event, label);
    } else if (label != null || event.timestamp() + within < now) {
      add(Outcome.NEVER_LABELLED);
    } else {
      features.put(key, event);
    }
  }

  private void label(String key, Event event) {
    Event other = features.get(key);
    if (done.containsKey(key)) {
      again(done.get(key).label, event.value());
    } else if (labels.containsKey(key)) {
      again(labels.get(key).value(), event.value());
    } else if (other != null && Math.abs(other.timestamp() - event.timestamp()) <= within) {
      features.remove(key);
      join(key, other, event);
    } else if (other != null || event.timestamp() + within < now) {
      add(Outcome.LATE_LABEL);
    } else {
      labels.put(key, event);
    }
  }

  private void again(String first, String value) {
    add(first.equals(value) ? Outcome.DUPLICATE_LABEL : Outcome.CHANGED_LABEL);
  }

  private void join(String key, Event features, Event label) {
    add(Outcome.JOINED);
    String merged = (features.value() + label.value()).replace("}{", ",");
    joined.add(key + " " + merged + " " + features.timestamp());
    long until = Math.max(features.timestamp(), label.timestamp()) + within;
    if (until >= now) {
      done.put(key, new Joined(label.value(), until));
    }
  }

  private void add(Outcome outcome) {
    counts.merge(outcome, 1L, Long::sum);
  }

  /** A record of either topic. */
  record Event(boolean isLabel, @Nullable String key, String value, long timestamp) {}

  private record Joined(String label, long until) {}
}

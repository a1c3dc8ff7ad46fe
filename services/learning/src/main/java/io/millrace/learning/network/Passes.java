package io.millrace.learning.network;

import io.millrace.learning.kernels.Call;
import io.millrace.learning.layers.Mode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Lists of kernel calls, one for each mode. */
final class Passes {
  private final Map<Mode, List<Call>> calls = new EnumMap<>(Mode.class);

  Passes() {
    for (Mode mode : Mode.values()) {
      calls.put(mode, new ArrayList<>());
    }
  }

  void add(Mode mode, Call call) {
    of(mode).add(call);
  }

  void add(Call call) {
    calls.values().forEach(list -> list.add(call));
  }

  void addAll(Passes others) {
    calls.forEach((mode, list) -> list.addAll(others.of(mode)));
  }

  List<Call> of(Mode mode) {
    return calls.getOrDefault(mode, List.of());
  }

  Call[] toArray(Mode mode) {
    return of(mode).toArray(Call[]::new);
  }
}

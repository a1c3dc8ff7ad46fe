package io.millrace.learning.rivals;

import io.millrace.learning.model.ModelDefinition;
import io.millrace.learning.model.Rival;
import io.millrace.learning.random.RandomStream;
import io.millrace.learning.state.State;
import java.util.Map;

/**
 * Replaces rivals while the stream goes on: after so many records, the rival that has carried the
 * least weight since the last turn falls, and a variation of the leader comes. What comes depends
 * on the seed and the number of the turn. Owned by one thread.
 */
public final class Tournament {
  private static final long STREAM = -3;

  private final TournamentSettings settings;
  private final RivalsSettings rivals;
  private final RandomStream random;
  private long turns;
  private long records;

  public Tournament(TournamentSettings settings, RivalsSettings rivals) {
    this.settings = settings;
    this.rivals = rivals;
    random = RandomStream.of(rivals.seed(), STREAM);
  }

  /** Counts trained records; returns whether it is time for a turn. */
  public boolean isDue(int trained) {
    records += trained;
    return records >= settings.every();
  }

  /** Returns the rival that falls, the first of equal ones; never the leader. */
  public int falls(Standings standings, int count) {
    int leader = standings.leader();
    int least = leader == 0 ? 1 : 0;
    for (int i = 0; i < count; i++) {
      if (i != leader && standings.carried(i) < standings.carried(least)) {
        least = i;
      }
    }
    return least;
  }

  /**
   * Returns the newcomer and begins the next turn.
   *
   * @param definition the model as it is now
   * @param leader whose settings are varied
   */
  public Rival comes(ModelDefinition definition, int leader) {
    RandomStream drawn = random.split(turns++);
    records = 0;
    Map<String, Object> overrides =
        rivals.varied(
            definition.rivals().get(leader),
            definition.members().get(leader),
            drawn.uniform(0) < settings.explore(),
            drawn.split(1));
    return definition.rival(name(definition), overrides);
  }

  public void save(State state) {
    state.put("turns", turns);
    state.put("records", records);
  }

  public void restore(State state) {
    turns = state.integer("turns");
    records = state.integer("records");
  }

  private String name(ModelDefinition definition) {
    String name = "challenger-" + turns;
    while (isTaken(name, definition)) {
      name = name + "-";
    }
    return name;
  }

  private static boolean isTaken(String name, ModelDefinition definition) {
    return definition.rivals().stream().anyMatch(rival -> rival.name().equals(name));
  }
}

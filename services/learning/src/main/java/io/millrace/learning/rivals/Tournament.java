package io.millrace.learning.rivals;

import io.millrace.learning.model.ModelDefinition;
import io.millrace.learning.model.Rival;
import io.millrace.learning.random.RandomStream;
import io.millrace.learning.state.State;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Replaces rivals while the stream goes on: after so many records, those that have carried the
 * least weight since the last turn fall, and variations of the leader come. What comes depends on
 * the seed and the number of the newcomer. Owned by one thread.
 */
public final class Tournament {
  private static final long STREAM = -3;

  private final TournamentSettings settings;
  private final RivalsSettings rivals;
  private final RandomStream random;
  private long newcomers;
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

  /**
   * Begins the next turn and returns the rivals that fall: all but those who have carried most
   * weight, and never the leader.
   *
   * @param count how many rivals there are
   */
  public List<Integer> falling(Standings standings, int count) {
    records = 0;
    int leader = standings.leader();
    return IntStream.range(0, count)
        .boxed()
        .sorted(Comparator.comparing(rival -> -standings.carried(rival)))
        .skip(settings.keep())
        .filter(rival -> rival != leader)
        .toList();
  }

  /**
   * Returns the next newcomer.
   *
   * @param definition the model as it is now
   * @param leader whose settings are varied
   */
  public Rival comes(ModelDefinition definition, int leader) {
    RandomStream drawn = random.split(newcomers++);
    Map<String, Object> overrides =
        rivals.varied(
            definition.rivals().get(leader),
            definition.members().get(leader),
            drawn.uniform(0) < settings.explore(),
            drawn.split(1));
    return definition.rival(name(definition), overrides);
  }

  public void save(State state) {
    state.put("newcomers", newcomers);
    state.put("records", records);
  }

  public void restore(State state) {
    newcomers = state.integer("newcomers");
    records = state.integer("records");
  }

  private String name(ModelDefinition definition) {
    String name = "challenger-" + newcomers;
    while (isTaken(name, definition)) {
      name = name + "-";
    }
    return name;
  }

  private static boolean isTaken(String name, ModelDefinition definition) {
    return definition.rivals().stream().anyMatch(rival -> rival.name().equals(name));
  }
}

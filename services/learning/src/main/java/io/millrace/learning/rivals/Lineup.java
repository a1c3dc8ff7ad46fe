package io.millrace.learning.rivals;

import io.millrace.learning.devices.Engine;
import io.millrace.learning.model.ExampleBatch;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.learning.model.Rival;
import io.millrace.learning.training.TrainedNetwork;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The rivals under training, in the order of the model's definition, which changes when one takes
 * another's place. All run on the same block of records, on as many threads as the engine has.
 * Owned by one thread.
 */
public final class Lineup {
  private final RivalsSettings settings;
  private final Engine engine;
  private final List<TrainedRival> rivals = new ArrayList<>();
  private final Crew crew;
  private ModelDefinition definition;
  private int[] longestFirst;
  private ExampleBatch block;
  private Pass pass = Pass.SCORE;

  public Lineup(ModelDefinition definition, RivalsSettings settings, Engine engine) {
    this.settings = settings;
    this.engine = engine;
    this.definition = definition;
    for (int i = 0; i < definition.rivals().size(); i++) {
      rivals.add(train(i));
    }
    longestFirst = longestFirst();
    crew = new Crew(engine.threads(), rivals.size(), this::runTurn);
    block = new ExampleBatch(0, definition.inputWidths(), definition.targetWidths());
  }

  public int size() {
    return rivals.size();
  }

  public TrainedRival get(int index) {
    return rivals.get(index);
  }

  public TrainedNetwork network(int index) {
    return rivals.get(index).network();
  }

  public Stream<TrainedNetwork> networks() {
    return rivals.stream().map(TrainedRival::network);
  }

  /** Returns the definition of the model whose rivals they are. */
  public ModelDefinition definition() {
    return definition;
  }

  /** Returns the definition of a rival. */
  public Rival rival(int index) {
    return definition.rivals().get(index);
  }

  /** Lets all rivals do with a block what the pass says. Allocates nothing. */
  public void run(Pass newPass, ExampleBatch newBlock) {
    pass = newPass;
    block = newBlock;
    crew.run();
  }

  /** Returns how many rivals had finite losses in the last block. */
  public int countFinite() {
    int finite = 0;
    for (int i = 0; i < rivals.size(); i++) {
      finite += rivals.get(i).isFinite() ? 1 : 0;
    }
    return finite;
  }

  /**
   * Puts an untrained rival in the place of another one, unless it is the same.
   *
   * @return whether it is another one
   */
  public boolean put(int index, Rival rival) {
    if (rival(index).isSameAs(rival)) {
      return false;
    }
    List<Rival> changed = new ArrayList<>(definition.rivals());
    changed.set(index, rival);
    definition = definition.withRivals(changed);
    rivals.set(index, train(index));
    longestFirst = longestFirst();
    return true;
  }

  private TrainedRival train(int index) {
    ModelDefinition member = definition.members().get(index);
    return new TrainedRival(
        member, settings.training(rival(index), member), settings.block(), engine.ofOneThread());
  }

  private void runTurn(int turn) {
    rivals.get(longestFirst[turn]).run(pass, block);
  }

  /** Returns the order in which rivals are handed out: those of most steps first. */
  private int[] longestFirst() {
    return IntStream.range(0, rivals.size())
        .boxed()
        .sorted(Comparator.comparing(i -> rivals.get(i).batchSize()))
        .mapToInt(Integer::intValue)
        .toArray();
  }
}

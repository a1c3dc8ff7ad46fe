package io.millrace.learning;

import io.millrace.learning.LearningEvent.FallCause;
import io.millrace.learning.LearningEvent.RivalReplaced;
import io.millrace.learning.devices.Engine;
import io.millrace.learning.evaluation.Scorer;
import io.millrace.learning.losses.LossDefinition;
import io.millrace.learning.model.CombinedOutputs;
import io.millrace.learning.model.Digests;
import io.millrace.learning.model.ExampleBatch;
import io.millrace.learning.model.MemberWeights;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.learning.model.OutputSettings;
import io.millrace.learning.model.Rival;
import io.millrace.learning.model.Weights;
import io.millrace.learning.network.NetworkWeights;
import io.millrace.learning.rivals.Crew;
import io.millrace.learning.rivals.Pass;
import io.millrace.learning.rivals.RivalText;
import io.millrace.learning.rivals.RivalsSettings;
import io.millrace.learning.rivals.Standings;
import io.millrace.learning.rivals.TrainedRival;
import io.millrace.learning.state.State;
import io.millrace.learning.training.TrainedModel;
import io.millrace.learning.training.TrainedNetwork;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Several learners on one stream as one model, whose answer is their weighted mean.
 *
 * <p>All train on the same block of records, each in its own mini-batches and on any of the
 * threads. Then the predictions that they made before they learned are combined, with shares that
 * follow from losses on earlier records alone, and the shares of the next block are computed. So
 * nothing depends on the number of threads. A rival whose loss is not finite begins again from the
 * leader, the rival with the largest share. A block allocates nothing. Owned by one thread.
 */
final class RivalSet implements TrainedModel {
  private final ModelDefinition definition;
  private final Counter counter;
  private final Consumer<LearningEvent> events;
  private final List<TrainedRival> rivals = new ArrayList<>();
  private final long[] since;
  private final int[] longestFirst;
  private final int block;
  private final Crew crew;
  private final Standings standings;
  private final CombinedOutputs combined;
  private final Weights current;
  private ExampleBatch batch;
  private Pass pass = Pass.SCORE;

  RivalSet(
      ModelDefinition definition,
      RivalsSettings settings,
      Engine engine,
      Counter counter,
      Consumer<LearningEvent> events) {
    this.definition = definition;
    this.counter = counter;
    this.events = events;
    block = settings.block();
    List<ModelDefinition> members = definition.members();
    for (int i = 0; i < members.size(); i++) {
      rivals.add(
          new TrainedRival(
              members.get(i), settings.learners().get(i), block, engine.ofOneThread()));
    }
    since = new long[rivals.size()];
    longestFirst = longestFirst(rivals);
    crew = new Crew(engine.threads(), rivals.size(), this::runTurn);
    standings =
        new Standings(
            rivals.size(),
            settings.combine(),
            settings.memory(),
            definition.outputs().stream()
                .map(OutputSettings::lossDefinition)
                .allMatch(LossDefinition::isCrossentropy));
    combined = new CombinedOutputs(definition.outputWidths(), block);
    current = new Weights(definition);
    batch = new ExampleBatch(0, definition.inputWidths(), definition.targetWidths());
  }

  @Override
  public ModelDefinition definition() {
    return definition;
  }

  @Override
  public double scoreAndLearn(ExampleBatch block, Scorer scorer) {
    run(Pass.SCORE_AND_LEARN, block);
    combine(block, scorer);
    return learned();
  }

  @Override
  public void score(ExampleBatch block, Scorer scorer) {
    run(Pass.SCORE, block);
    combine(block, scorer);
  }

  @Override
  public double learnAgain(ExampleBatch block) {
    run(Pass.LEARN_AGAIN, block);
    return learned();
  }

  @Override
  public double relearn(ExampleBatch block) {
    run(Pass.RELEARN, block);
    return learned();
  }

  @Override
  public float[] firstOutput() {
    return combined.apply(0);
  }

  @Override
  public void startOver(boolean withWeights) {
    networks().forEach(network -> network.startOver(withWeights));
    if (withWeights) {
      standings.reset();
    }
  }

  @Override
  public void copyTo(Weights target) {
    copy(target, TrainedNetwork::copyTo);
  }

  @Override
  public void copyServedTo(Weights target) {
    copy(target, TrainedNetwork::copyServedTo);
  }

  @Override
  public void goOnFrom(Weights source) {
    for (int i = 0; i < rivals.size(); i++) {
      rivals.get(i).network().goOnFrom(source.members().get(i));
    }
    standings.takeShares(source.shares());
  }

  @Override
  public void goBack(Weights earlier, State optimizers) {
    for (int i = 0; i < rivals.size(); i++) {
      rivals.get(i).network().goBack(earlier.members().get(i), child(optimizers, i));
    }
    standings.takeShares(earlier.shares());
  }

  /** Returns the learning rate of the leader. */
  @Override
  public double learningRate() {
    return leader().network().learningRate();
  }

  /** Changes all learning rates by the same factor. */
  @Override
  public void changeLearningRate(double rate) {
    double current = learningRate(); // of zero, as in a warm-up, there is no ratio
    if (current != 0) {
      networks()
          .forEach(network -> network.changeLearningRate(network.learningRate() * rate / current));
    }
  }

  @Override
  public void resetLearningRate() {
    networks().forEach(TrainedNetwork::resetLearningRate);
  }

  /** Boosts all learning rates for the records of so many blocks. */
  @Override
  public void boost(double factor, long blocks) {
    rivals.forEach(rival -> rival.network().boost(factor, blocks * (block / rival.batchSize())));
  }

  @Override
  public void saveOptimizer(State state) {
    for (int i = 0; i < rivals.size(); i++) {
      rivals.get(i).network().saveOptimizer(child(state, i));
    }
  }

  @Override
  public Optional<NetworkWeights> stepped() {
    return leader().network().stepped();
  }

  @Override
  public byte[] parametersSha256() {
    Stream<float[]> weights = networks().flatMap(TrainedNetwork::vectors);
    return Digests.sha256(
        Stream.concat(weights, Stream.of(standings.shares())).toArray(float[][]::new));
  }

  @Override
  public void save(State state) {
    for (int i = 0; i < rivals.size(); i++) {
      rivals.get(i).network().save(child(state, i));
    }
    standings.save(state.child("standings"));
    state.put("since", since);
  }

  @Override
  public void restore(Weights served, State state) {
    for (int i = 0; i < rivals.size(); i++) {
      rivals.get(i).network().restore(served.members().get(i), child(state, i));
    }
    standings.restore(state.child("standings"), served.shares());
    state.read("since", since);
  }

  /** Returns the state of each rival, in the order of the settings. */
  List<RivalProgress> progress() {
    return IntStream.range(0, rivals.size()).mapToObj(this::progress).toList();
  }

  private RivalProgress progress(int index) {
    Rival rival = definition.rivals().get(index);
    return new RivalProgress(
        rival.name(),
        standings.shares()[index],
        standings.loss(index),
        rivals.get(index).network().learningRate(),
        since[index],
        RivalText.changes(rival));
  }

  private void copy(Weights target, BiConsumer<TrainedNetwork, MemberWeights> each) {
    for (int i = 0; i < rivals.size(); i++) {
      each.accept(rivals.get(i).network(), current.members().get(i));
    }
    System.arraycopy(standings.shares(), 0, current.shares(), 0, rivals.size());
    target.copyFrom(current);
  }

  private void run(Pass newPass, ExampleBatch newBatch) {
    pass = newPass;
    batch = newBatch;
    crew.run();
  }

  private void runTurn(int turn) {
    rivals.get(longestFirst[turn]).run(pass, batch);
  }

  /** Combines what the rivals predicted, without those that gave no numbers. */
  private void combine(ExampleBatch block, Scorer scorer) {
    float[] shares = standings.shares();
    float answering = 0;
    for (int i = 0; i < shares.length; i++) {
      answering += rivals.get(i).predictsFinitely() ? shares[i] : 0;
    }
    combined.clear(block.size());
    for (int i = 0; i < shares.length; i++) {
      if (shares[i] > 0 && (answering == 0 || rivals.get(i).predictsFinitely())) {
        combined.add(
            answering == 0 ? shares[i] : shares[i] / answering, rivals.get(i).predictions());
      }
    }
    scorer.score(combined, block);
  }

  /**
   * Ends a block that was learned: computes the shares of the next one, and lets rivals whose loss
   * was not finite begin again.
   *
   * @return the loss of the leader; NaN if no rival had a finite one, and then nothing has changed
   */
  private double learned() {
    int finite = countFinite();
    if (finite == 0) {
      return Double.NaN;
    }
    if (pass.scores()) {
      standings.fade(batch.size());
    }
    for (int i = 0; i < rivals.size(); i++) {
      TrainedRival rival = rivals.get(i);
      standings.add(i, rival.isFinite() ? rival.scoredLoss() : Double.POSITIVE_INFINITY);
    }
    if (pass.scores() || finite < rivals.size()) {
      standings.share();
      beginAgain();
    }
    return leader().trainedLoss();
  }

  private int countFinite() {
    int finite = 0;
    for (int i = 0; i < rivals.size(); i++) {
      finite += rivals.get(i).isFinite() ? 1 : 0;
    }
    return finite;
  }

  /** Lets those begin again whose loss was not finite. */
  private void beginAgain() {
    for (int i = 0; i < rivals.size(); i++) {
      if (!rivals.get(i).isFinite()) {
        beginAgain(i);
      }
    }
  }

  /** Lets a rival begin again from the leader, with half its learning rate. */
  private void beginAgain(int index) {
    TrainedNetwork network = rivals.get(index).network();
    double rate = network.learningRate() / 2;
    network.beginAgainFrom(leader().network());
    network.changeLearningRate(rate);
    standings.admit(index);
    since[index] = counter.learnedFrom();
    Rival rival = definition.rivals().get(index);
    events.accept(
        new RivalReplaced(
            counter.learnedFrom(),
            rival.name(),
            standings.carried(index),
            rival.name(),
            RivalText.changes(rival),
            FallCause.DIVERGED));
  }

  private Stream<TrainedNetwork> networks() {
    return rivals.stream().map(TrainedRival::network);
  }

  private TrainedRival leader() {
    return rivals.get(standings.leader());
  }

  /** Returns the order in which rivals are handed out: those of most steps first. */
  private static int[] longestFirst(List<TrainedRival> rivals) {
    return IntStream.range(0, rivals.size())
        .boxed()
        .sorted(Comparator.comparing(i -> rivals.get(i).batchSize()))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static State child(State state, int index) {
    return state.child("rival_" + index);
  }
}

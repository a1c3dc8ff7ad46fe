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
import io.millrace.learning.rivals.Lineup;
import io.millrace.learning.rivals.Pass;
import io.millrace.learning.rivals.RivalText;
import io.millrace.learning.rivals.RivalsSettings;
import io.millrace.learning.rivals.Standings;
import io.millrace.learning.rivals.Tournament;
import io.millrace.learning.rivals.TrainedRival;
import io.millrace.learning.state.State;
import io.millrace.learning.training.TrainedModel;
import io.millrace.learning.training.TrainedNetwork;
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
  private final RivalsSettings settings;
  private final Counter counter;
  private final Consumer<LearningEvent> events;
  private final Lineup rivals;
  private final long[] since;
  private final Standings standings;
  private final Optional<Tournament> tournament;
  private final CombinedOutputs combined;
  private Weights current;

  RivalSet(
      ModelDefinition definition,
      RivalsSettings settings,
      Engine engine,
      Counter counter,
      Consumer<LearningEvent> events) {
    this.settings = settings;
    this.counter = counter;
    this.events = events;
    rivals = new Lineup(definition, settings, engine);
    since = new long[rivals.size()];
    standings =
        new Standings(
            rivals.size(),
            settings.combine(),
            settings.memory(),
            definition.outputs().stream()
                .map(OutputSettings::lossDefinition)
                .allMatch(LossDefinition::isCrossentropy));
    tournament = settings.tournament().map(chosen -> new Tournament(chosen, settings));
    combined = new CombinedOutputs(definition.outputWidths(), settings.block());
    current = new Weights(definition);
  }

  @Override
  public ModelDefinition definition() {
    return rivals.definition();
  }

  @Override
  public double scoreAndLearn(ExampleBatch block, Scorer scorer) {
    rivals.run(Pass.SCORE_AND_LEARN, block);
    combine(block, scorer);
    if (rivals.countFinite() == 0) {
      return Double.NaN;
    }
    standings.fade(block.size());
    for (int i = 0; i < rivals.size(); i++) {
      TrainedRival rival = rivals.get(i);
      standings.add(i, rival.isFinite() ? rival.scoredLoss() : Double.POSITIVE_INFINITY);
    }
    standings.share();
    letDivergedBeginAgain();
    if (tournament.isPresent() && tournament.get().isDue(block.size())) {
      replaceWeakest(tournament.get());
    }
    return leader().trainedLoss();
  }

  /** Scores a block; shares stay as they are, since nothing is learned. */
  @Override
  public void score(ExampleBatch block, Scorer scorer) {
    rivals.run(Pass.SCORE, block);
    combine(block, scorer);
  }

  @Override
  public double learnAgain(ExampleBatch block) {
    return learnScored(Pass.LEARN_AGAIN, block);
  }

  @Override
  public double relearn(ExampleBatch block) {
    return learnScored(Pass.RELEARN, block);
  }

  @Override
  public float[] firstOutput() {
    return combined.apply(0);
  }

  @Override
  public void startOver(boolean withWeights) {
    rivals.networks().forEach(network -> network.startOver(withWeights));
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
    becomeThoseOf(source);
    for (int i = 0; i < rivals.size(); i++) {
      rivals.network(i).goOnFrom(source.members().get(i));
    }
    standings.takeShares(source.shares());
  }

  @Override
  public void goBack(Weights earlier, State optimizers) {
    boolean[] replaced = becomeThoseOf(earlier);
    for (int i = 0; i < rivals.size(); i++) {
      if (replaced[i]) { // it has no rate of now to be halved
        rivals.network(i).restoreOptimizer(child(optimizers, i));
      }
      rivals.network(i).goBack(earlier.members().get(i), child(optimizers, i));
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
    double present = learningRate();
    if (present != 0) { // of zero, as in a warm-up, there is no ratio
      rivals
          .networks()
          .forEach(network -> network.changeLearningRate(network.learningRate() * rate / present));
    }
  }

  @Override
  public void resetLearningRate() {
    rivals.networks().forEach(TrainedNetwork::resetLearningRate);
  }

  /** Boosts all learning rates for the records of so many blocks. */
  @Override
  public void boost(double factor, long blocks) {
    for (int i = 0; i < rivals.size(); i++) {
      rivals.network(i).boost(factor, blocks * (settings.block() / rivals.get(i).batchSize()));
    }
  }

  @Override
  public void saveOptimizer(State state) {
    for (int i = 0; i < rivals.size(); i++) {
      rivals.network(i).saveOptimizer(child(state, i));
    }
  }

  @Override
  public Optional<NetworkWeights> stepped() {
    return leader().network().stepped();
  }

  @Override
  public byte[] parametersSha256() {
    Stream<float[]> weights = rivals.networks().flatMap(TrainedNetwork::vectors);
    return Digests.sha256(
        Stream.concat(weights, Stream.of(standings.shares())).toArray(float[][]::new));
  }

  @Override
  public void save(State state) {
    for (int i = 0; i < rivals.size(); i++) {
      rivals.network(i).save(child(state, i));
    }
    standings.save(state.child("standings"));
    state.put("since", since);
    tournament.ifPresent(each -> each.save(state.child("tournament")));
  }

  @Override
  public void restore(Weights served, State state) {
    becomeThoseOf(served);
    for (int i = 0; i < rivals.size(); i++) {
      rivals.network(i).restore(served.members().get(i), child(state, i));
    }
    standings.restore(state.child("standings"), served.shares());
    state.read("since", since);
    tournament
        .filter(each -> state.contains("tournament"))
        .ifPresent(each -> each.restore(state.child("tournament")));
  }

  /** Returns the state of each rival, in the order of the settings. */
  List<RivalProgress> progress() {
    return IntStream.range(0, rivals.size()).mapToObj(this::progress).toList();
  }

  private RivalProgress progress(int index) {
    Rival rival = rivals.rival(index);
    return new RivalProgress(
        rival.name(),
        standings.shares()[index],
        standings.loss(index),
        rivals.network(index).learningRate(),
        since[index],
        RivalText.changes(rival));
  }

  private void copy(Weights target, BiConsumer<TrainedNetwork, MemberWeights> each) {
    for (int i = 0; i < rivals.size(); i++) {
      each.accept(rivals.network(i), current.members().get(i));
    }
    System.arraycopy(standings.shares(), 0, current.shares(), 0, rivals.size());
    target.copyFrom(current);
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
      TrainedRival rival = rivals.get(i);
      if (shares[i] > 0 && (answering == 0 || rival.predictsFinitely())) {
        combined.add(answering == 0 ? shares[i] : shares[i] / answering, rival.predictions());
      }
    }
    scorer.score(combined, block);
  }

  /** Learns from a block whose losses count no more. */
  private double learnScored(Pass pass, ExampleBatch block) {
    rivals.run(pass, block);
    int finite = rivals.countFinite();
    if (finite == 0) {
      return Double.NaN;
    }
    if (finite < rivals.size()) {
      standings.shareAmong(i -> rivals.get(i).isFinite());
      letDivergedBeginAgain();
    }
    return leader().trainedLoss();
  }

  /** Lets those begin again whose loss was not finite, from the leader, with half their rate. */
  private void letDivergedBeginAgain() {
    for (int i = 0; i < rivals.size(); i++) {
      if (!rivals.get(i).isFinite()) {
        double rate = rivals.network(i).learningRate() / 2;
        begin(i, rivals.rival(i), FallCause.DIVERGED);
        rivals.network(i).changeLearningRate(rate);
      }
    }
  }

  private void replaceWeakest(Tournament turn) {
    for (int weakest : turn.falling(standings, rivals.size())) {
      begin(weakest, turn.comes(definition(), standings.leader()), FallCause.LEAST_WEIGHT);
    }
    standings.share(); // those who came have none
    standings.beginTurn();
  }

  /** Lets a rival begin from the leader, in the place of another one or of itself. */
  private void begin(int index, Rival newcomer, FallCause cause) {
    String fallen = rivals.rival(index).name();
    double carried = standings.carried(index);
    put(index, newcomer);
    rivals.network(index).beginAgainFrom(leader().network());
    standings.admit(index);
    since[index] = counter.learnedFrom();
    events.accept(
        new RivalReplaced(
            since[index], fallen, carried, newcomer.name(), RivalText.changes(newcomer), cause));
  }

  /**
   * Makes the rivals those that weights belong to, which may be of before a tournament's turns.
   *
   * @return which of them were others
   */
  private boolean[] becomeThoseOf(Weights weights) {
    boolean[] replaced = new boolean[rivals.size()];
    for (int i = 0; i < rivals.size(); i++) {
      replaced[i] = put(i, weights.members().get(i).rival());
      if (replaced[i]) {
        standings.admit(i);
        since[i] = counter.learnedFrom();
      }
    }
    return replaced;
  }

  private boolean put(int index, Rival rival) {
    boolean isOther = rivals.put(index, rival);
    if (isOther) {
      current = new Weights(definition());
    }
    return isOther;
  }

  private TrainedRival leader() {
    return rivals.get(standings.leader());
  }

  private static State child(State state, int index) {
    return state.child("rival_" + index);
  }
}

package io.millrace.fleet.keyed;

import io.millrace.learning.Learner;
import io.millrace.learning.state.State;
import io.millrace.trainer.TrainerSettings;
import io.millrace.trainer.decoding.shared.RecordDecoder;
import io.millrace.trainer.decoding.shared.Rejected;
import io.millrace.trainer.intake.Holdout;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * One learner for all keys of a partition. A learner takes 160 KB and a millisecond to make, a
 * small model's state a few KB and microseconds to restore. So the learner is restored for each
 * key's mini-batch, and has everything that is not a key's own: compiled networks, buffers,
 * decoders. Owned by the partition's thread.
 */
final class KeyedLearner {
  private final Learner learner;
  private final RecordDecoder decoder;
  private final Holdout holdout;
  private final State firstWeights;
  private final State firstState;

  KeyedLearner(TrainerSettings settings) {
    learner = new Learner(settings.definition(), settings.learner());
    decoder =
        settings
            .records()
            .decoder(settings.definition(), settings.learner().validation(), learner.context());
    holdout = Holdout.by(settings.learner().validation(), learner.context());
    firstWeights = learner.weights();
    firstState = learner.state();
  }

  /** Returns the weights that new keys begin with. */
  State firstWeights() {
    return firstWeights;
  }

  /** Returns why a record cannot be learned from; null if it can. */
  @Nullable Rejected check(byte @Nullable [] value) {
    return decoder.decode(value, learner.batch()); // the row is overwritten by the next one
  }

  /** Returns whether the record that was checked last is held out. */
  boolean holdsOut(ConsumerRecord<byte[], byte[]> checked) {
    return learner.holdsOut(holdout.hash(checked));
  }

  /** Begins with a new key's model. */
  void begin() {
    learner.restore(firstWeights, firstState);
  }

  /** Continues with the model that was saved. */
  void resume(State weights, State state) {
    learner.restore(weights, state);
  }

  /** Learns from a key's waiting records, in their order, with one mini-batch at the end. */
  void learn(WaitingRecords records) {
    records.forEach(this::learn);
    learner.flush(); // where it is less than a mini-batch
  }

  /** Returns the learner between two mini-batches, to be saved. */
  Learner learner() {
    return learner;
  }

  private void learn(boolean heldOut, long timeMillis, byte[] value) {
    decoder.decode(value, learner.batch()); // it could be decoded before
    learner.context().setTimeMillis(timeMillis);
    if (heldOut) {
      learner.validate();
    } else {
      learner.train();
    }
  }
}

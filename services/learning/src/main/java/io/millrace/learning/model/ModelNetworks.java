package io.millrace.learning.model;

import io.millrace.learning.kernels.Kernels;
import io.millrace.learning.network.NetworkWeights;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.IntFunction;

/**
 * The networks of a model over preallocated memory. Each member that has a share in the answer
 * preprocesses the inputs as its training did and computes its outputs, and the answer is their
 * mean, weighted by the shares. A run allocates nothing.
 *
 * <p>Networks are compiled for the members of the weights that are loaded. Those of earlier weights
 * are kept, {@value #SPARE} at most, since weights of several versions often take turns. Owned by
 * one thread.
 */
public final class ModelNetworks implements IntFunction<float[]> {
  private static final int SPARE = 8;

  private final int maxRows;
  private final Kernels kernels;
  private final CombinedOutputs combined;
  private final List<MemberNetwork> answering = new ArrayList<>();
  private final List<MemberNetwork> spare = new ArrayList<>();
  private float[] shares = {};
  private int leader;
  private boolean isNew;
  private IntFunction<float[]> outputs;

  /**
   * Makes room for the answers of a model.
   *
   * @param maxRows the most rows of a run
   */
  public ModelNetworks(ModelDefinition definition, int maxRows, Kernels kernels) {
    this.maxRows = maxRows;
    this.kernels = kernels;
    combined = new CombinedOutputs(definition.outputWidths(), maxRows);
    outputs = combined;
  }

  /** Answers with these weights from now on, whose rivals may be others than the definition's. */
  public void load(Weights weights) {
    spare.addAll(0, answering);
    answering.clear();
    isNew = false;
    shares = weights.shares().clone();
    for (int i = 0; i < weights.members().size(); i++) {
      if (weights.shares()[i] > 0) { // what a member without a share computes may be no number
        MemberWeights member = weights.members().get(i);
        MemberNetwork network = network(member);
        network.load(member);
        leader = i == weights.leader() ? answering.size() : leader;
        shares[answering.size()] = weights.shares()[i];
        answering.add(network);
      }
    }
    while (spare.size() > SPARE) {
      spare.remove(spare.size() - 1);
    }
  }

  /** Returns whether a network was compiled for the loaded weights, so that it has never run. */
  boolean areNew() {
    return isNew;
  }

  /** Computes the outputs of the rows, which stay unchanged. */
  public void run(ExampleBatch rows) {
    if (answering.size() == 1) {
      outputs = answering.get(0).run(rows);
      return;
    }
    combined.clear(rows.size());
    for (int i = 0; i < answering.size(); i++) {
      combined.add(shares[i], answering.get(i).run(rows));
    }
    outputs = combined;
  }

  /**
   * Returns an output of the last run, in the units of its targets: at least {@code [rows, width]},
   * valid until the next run.
   */
  @Override
  public float[] apply(int output) {
    return outputs.apply(output);
  }

  /** Returns the weights of the network with the largest share, after weights were loaded. */
  public NetworkWeights leader() {
    return answering.get(leader).weights();
  }

  private MemberNetwork network(MemberWeights member) {
    for (Iterator<MemberNetwork> each = spare.iterator(); each.hasNext(); ) {
      MemberNetwork network = each.next();
      if (network.fits(member)) {
        each.remove();
        return network;
      }
    }
    isNew = true;
    return new MemberNetwork(member, maxRows, kernels);
  }
}

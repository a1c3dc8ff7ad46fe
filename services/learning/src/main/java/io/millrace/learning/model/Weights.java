package io.millrace.learning.model;

import io.millrace.learning.state.State;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The weights of a model: those of its members, and the share of each in the answer.
 *
 * <p>A model without rivals has one member, whose share is 1. Weights of a model with rivals say of
 * themselves which rivals they belong to. So weights of other rivals, of another number or with
 * other layers, can be copied and restored; the members then become theirs. Owned by one thread.
 */
public final class Weights {
  private static final String SHARES = "shares";

  private final ModelDefinition definition;
  private final Map<MemberForm, ModelDefinition> own = new LinkedHashMap<>();
  private List<MemberWeights> members = new ArrayList<>();
  private float[] shares = {};

  /** Allocates zeros for the members of a model, which have equal shares. */
  public Weights(ModelDefinition definition) {
    this.definition = definition;
    List<ModelDefinition> alone = definition.members();
    for (int i = 0; i < alone.size(); i++) {
      MemberForm form =
          definition.rivals().isEmpty()
              ? MemberForm.alone(definition.network())
              : MemberForm.of(definition.rivals().get(i));
      own.put(form, alone.get(i));
    }
    take(List.copyOf(own.keySet()));
  }

  /** Returns the members' weights, in the order of the rivals. */
  public List<MemberWeights> members() {
    return members;
  }

  /**
   * Returns the shares of the members, not a copy: at least 0, with the sum 1. A member without a
   * share does not answer.
   */
  public float[] shares() {
    return shares;
  }

  /** Returns the index of the member with the largest share, the first of equal ones. */
  public int leader() {
    int leader = 0;
    for (int i = 1; i < shares.length; i++) {
      leader = shares[i] > shares[leader] ? i : leader;
    }
    return leader;
  }

  /** Returns a copy of the shares by the rivals' names; empty without rivals. */
  public Map<String, Float> sharesByName() {
    Map<String, Float> byName = new LinkedHashMap<>();
    for (int i = 0; i < shares.length && hasRivals(); i++) {
      byName.put(members.get(i).name(), shares[i]);
    }
    return byName;
  }

  /** Leaves the answer to one member. */
  public void answerBy(int member) {
    Arrays.fill(shares, 0);
    shares[member] = 1;
  }

  /** Copies other weights of the model, whose rivals may be others. */
  public void copyFrom(Weights other) {
    take(other.members.stream().map(MemberWeights::form).toList());
    for (int i = 0; i < members.size(); i++) {
      members.get(i).copyFrom(other.members.get(i));
    }
    System.arraycopy(other.shares, 0, shares, 0, shares.length);
  }

  /** Returns whether the weights of all members that answer are finite. */
  public boolean areFinite() {
    for (int i = 0; i < shares.length; i++) {
      if (shares[i] != 0 && !members.get(i).areFinite()) {
        return false;
      }
    }
    return true;
  }

  public void save(State state) {
    if (!hasRivals()) {
      members.get(0).save(state);
      return;
    }
    state.put(SHARES, shares);
    for (int i = 0; i < members.size(); i++) {
      members.get(i).form().save(child(state, i));
      members.get(i).save(child(state, i));
    }
  }

  /** Restores saved weights of the model, whose rivals may be others. */
  public void restore(State state) {
    if (!state.has(SHARES)) {
      take(List.of(MemberForm.alone(definition.network())));
      members.get(0).restore(state);
      return;
    }
    List<MemberForm> saved = new ArrayList<>();
    for (int i = 0; i < state.floats(SHARES).length; i++) {
      saved.add(MemberForm.restored(child(state, i)));
    }
    take(saved);
    for (int i = 0; i < members.size(); i++) {
      members.get(i).restore(child(state, i));
    }
    state.read(SHARES, shares);
  }

  /** Makes members of these forms, and keeps those that have them already. */
  private void take(List<MemberForm> forms) {
    if (forms.equals(members.stream().map(MemberWeights::form).toList())) {
      return;
    }
    members = forms.stream().map(form -> new MemberWeights(form, definition(form))).toList();
    shares = new float[members.size()];
    Arrays.fill(shares, 1f / shares.length);
  }

  private ModelDefinition definition(MemberForm form) {
    ModelDefinition known = own.get(form);
    return known == null ? form.definition(definition) : known;
  }

  private boolean hasRivals() {
    return !members.get(0).name().isEmpty();
  }

  private static State child(State state, int member) {
    return state.child("rival_" + member);
  }
}

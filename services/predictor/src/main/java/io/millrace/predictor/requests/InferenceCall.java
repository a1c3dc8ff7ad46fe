package io.millrace.predictor.requests;

import io.millrace.predictor.following.ModelSignature.Output;
import io.millrace.predictor.following.ServedModel;
import java.util.List;

/**
 * A request that fits its model.
 *
 * @param id the request's id, which the answer repeats
 * @param raw whether the contents are raw, which the answer repeats
 * @param rows the number of rows of each tensor
 * @param inputs the tensors, which cover every input of the model once
 * @param outputs the tensors to answer with
 * @param scheduling the priority and the timeout
 */
public record InferenceCall(
    ServedModel model,
    String id,
    boolean raw,
    int rows,
    List<BoundTensor> inputs,
    List<Output> outputs,
    Scheduling scheduling)
    implements Reading {}

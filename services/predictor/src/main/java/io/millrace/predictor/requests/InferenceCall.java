package io.millrace.predictor.requests;

import io.millrace.predictor.following.ModelSignature.Output;
import io.millrace.predictor.following.ServedModel;
import java.util.List;

/**
 * A request that was found to fit its model.
 *
 * @param id the caller's own name of the request, which comes back
 * @param raw whether the contents came raw, so that the answer's do too
 * @param rows how many rows each tensor has
 * @param inputs the tensors; together they cover every input of the model once
 * @param outputs the tensors to answer with
 * @param scheduling when it is its turn
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

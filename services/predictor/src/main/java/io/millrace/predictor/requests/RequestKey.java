package io.millrace.predictor.requests;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.ByteString;
import io.millrace.predictor.following.ModelSignature;
import io.millrace.proto.inference.ModelInferRequest;
import io.millrace.proto.inference.ModelInferRequest.InferInputTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The key of a request to a fleet: its parameter {@value #PARAMETER}, or the input of the key's
 * field, as texts or whole numbers that are the same in all rows. An input that is not one of the
 * model's is removed from the request.
 *
 * @param key the key; empty if the request has none
 * @param request the request as the model reads it
 * @param problem what is wrong with the key; null if nothing is
 */
public record RequestKey(String key, ModelInferRequest request, @Nullable String problem) {
  public static final String PARAMETER = "key";

  /**
   * @param field the key's field; empty if the key is none
   */
  public static RequestKey of(
      ModelInferRequest request, Optional<String> field, ModelSignature signature) {
    if (request.containsParameters(PARAMETER)) {
      String key = Parameters.text(request.getParametersOrThrow(PARAMETER));
      return found(key, request.toBuilder().removeParameters(PARAMETER).build());
    }
    for (int i = 0; field.isPresent() && i < request.getInputsCount(); i++) {
      if (request.getInputs(i).getName().equals(field.get())) {
        return ofInput(request, i, !signature.slots(field.get()).isEmpty());
      }
    }
    return new RequestKey(
        "",
        request,
        "the request has no key; expected the parameter 'key'%s"
            .formatted(field.map(" or an input '%s'"::formatted).orElse("")));
  }

  private static RequestKey ofInput(ModelInferRequest request, int index, boolean isOfModel) {
    InferInputTensor tensor = request.getInputs(index);
    boolean raw = index < request.getRawInputContentsCount();
    List<String> keys = texts(tensor, raw ? request.getRawInputContents(index) : null);
    if (keys.isEmpty() || !keys.stream().allMatch(keys.get(0)::equals)) {
      return new RequestKey(
          "",
          request,
          "input '%s' is the key; expected one text or whole number, the same in all rows"
              .formatted(Shortened.of(tensor.getName())));
    }
    return found(keys.get(0), isOfModel ? request : without(request, index, raw));
  }

  private static RequestKey found(String key, ModelInferRequest request) {
    return new RequestKey(
        key, request, key.isEmpty() ? "the key is empty; expected a text or a whole number" : null);
  }

  private static ModelInferRequest without(ModelInferRequest request, int index, boolean raw) {
    ModelInferRequest.Builder rest = request.toBuilder().removeInputs(index);
    if (raw) {
      List<ByteString> contents = new ArrayList<>(request.getRawInputContentsList());
      contents.remove(index);
      rest.clearRawInputContents().addAllRawInputContents(contents);
    }
    return rest.build();
  }

  /** Returns the values of a tensor as texts; none if they are neither texts nor whole numbers. */
  private static List<String> texts(InferInputTensor tensor, @Nullable ByteString raw) {
    if (tensor.getDatatype().equals(FieldValues.BYTES)) {
      return raw == null
          ? tensor.getContents().getBytesContentsList().stream()
              .map(ByteString::toStringUtf8)
              .toList()
          : texts(raw.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN));
    }
    TensorDataType type = TensorDataType.named(tensor.getDatatype());
    if (type == null || type.hasFractions()) {
      return List.of();
    }
    int count = raw == null ? type.count(tensor.getContents()) : raw.size() / type.bytes();
    List<String> texts = new ArrayList<>();
    for (int at = 0; at < count; at++) {
      double value =
          raw == null
              ? type.element(tensor.getContents(), at)
              : type.element(raw.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN), at);
      texts.add(Long.toString((long) value));
    }
    return texts;
  }

  private static List<String> texts(ByteBuffer raw) {
    List<String> texts = new ArrayList<>();
    while (raw.remaining() >= Integer.BYTES) {
      int length = raw.getInt();
      if (length < 0 || length > raw.remaining()) {
        return List.of();
      }
      byte[] text = new byte[length];
      raw.get(text);
      texts.add(new String(text, UTF_8));
    }
    return texts;
  }
}

"""Asks a predictor what the Open Inference Protocol says a client may ask. Needs grpcio alone."""

import struct
import sys

import grpc
import grpc_service_pb2 as pb
import grpc_service_pb2_grpc as stubs

PATIENCE_SECONDS = 120  # on a busy machine a call takes seconds

channel = grpc.insecure_channel("127.0.0.1:" + sys.argv[1])
server = stubs.GRPCInferenceServiceStub(channel)


def tensor(name, shape, datatype="FP32", **contents):
    message = pb.ModelInferRequest.InferInputTensor(name=name, datatype=datatype, shape=shape)
    if contents:
        message.contents.CopyFrom(pb.InferTensorContents(**contents))
    return message


def infer(*inputs, **request):
    return server.ModelInfer(
        pb.ModelInferRequest(model_name="echo", inputs=inputs, **request),
        timeout=PATIENCE_SECONDS,
    )


def refused(status, part, call):
    try:
        call()
    except grpc.RpcError as error:
        assert error.code() == status, error
        assert part in error.details(), error.details()
    else:
        raise AssertionError("expected " + str(status))


def matrices(a=1.0, b=0.0, c=3.0):
    return (
        tensor("pair", [1, 2], fp32_contents=[a, b]),
        tensor("c", [1, 1], fp32_contents=[c]),
    )


def test_server():
    assert server.ServerLive(pb.ServerLiveRequest()).live
    assert server.ServerReady(pb.ServerReadyRequest()).ready
    assert server.ServerMetadata(pb.ServerMetadataRequest()).name == "millrace"


def test_model():
    assert server.ModelReady(pb.ModelReadyRequest(name="echo")).ready
    assert not server.ModelReady(pb.ModelReadyRequest(name="echo", version="9")).ready
    metadata = server.ModelMetadata(pb.ModelMetadataRequest(name="echo"))
    assert list(metadata.versions) == ["2", "1"]
    assert [(t.name, t.datatype, list(t.shape)) for t in metadata.inputs] == [
        ("pair", "FP32", [-1, 2]),
        ("c", "FP32", [-1, 1]),
    ]


def test_typed():
    answer = infer(*matrices(), id="one")
    assert (answer.model_name, answer.model_version, answer.id) == ("echo", "2", "one")
    assert answer.parameters["position"].string_param == "echoes-0:12,echoes-1:7"
    assert answer.parameters["trained_records"].int64_param == 15
    assert not answer.raw_output_contents
    choice, chosen, total = answer.outputs
    assert (choice.name, list(choice.shape)) == ("choice", [1, 2])
    assert list(choice.contents.fp32_contents) == [1, 0]
    assert (chosen.datatype, list(chosen.contents.bytes_contents)) == ("BYTES", [b"no"])
    assert list(total.contents.fp32_contents) == [5]


def test_raw_row_major():
    answer = infer(
        tensor("pair", [2, 2]),
        tensor("c", [2, 1], "INT64"),
        raw_input_contents=[struct.pack("<4f", 1, 2, 3, 4), struct.pack("<2q", 5, 6)],
    )
    assert struct.unpack("<4f", answer.raw_output_contents[0]) == (1, 2, 3, 4)
    assert answer.raw_output_contents[1] == b"\3\0\0\0yes" * 2
    assert struct.unpack("<2f", answer.raw_output_contents[2]) == (9, 14)
    assert not any(output.HasField("contents") for output in answer.outputs)


def test_half_precision_comes_raw_only():
    answer = infer(
        tensor("pair", [1, 2], "FP16"),
        tensor("c", [1], "BF16"),
        raw_input_contents=[struct.pack("<2e", 0.5, 2), b"\x80\x3f"],
    )
    assert struct.unpack("<f", answer.raw_output_contents[2]) == (4.5,)
    refused(
        grpc.StatusCode.INVALID_ARGUMENT,
        "input 'pair' has datatype FP16",
        lambda: infer(tensor("pair", [1, 2], "FP16", fp32_contents=[1, 2])),
    )


def test_a_tensor_a_field():
    answer = infer(
        tensor("c", [2], "INT32", int_contents=[5, 6]),
        tensor("b", [2], "FP64", fp64_contents=[3, 4]),
        tensor("a", [2, 1], fp32_contents=[1, 2]),
    )
    assert list(answer.outputs[0].contents.fp32_contents) == [1, 3, 2, 4]


def test_version():
    answer = infer(*matrices(), model_version="1")
    assert answer.model_version == "1"
    assert list(answer.outputs[2].contents.fp32_contents) == [4]
    refused(
        grpc.StatusCode.NOT_FOUND,
        "no version '7'",
        lambda: infer(*matrices(), model_version="7"),
    )


def test_requested_outputs():
    wanted = pb.ModelInferRequest.InferRequestedOutputTensor(name="sum")
    assert [output.name for output in infer(*matrices(), outputs=[wanted]).outputs] == ["sum"]


def test_refusals():
    invalid = grpc.StatusCode.INVALID_ARGUMENT
    refused(
        grpc.StatusCode.NOT_FOUND,
        "model 'other' is unknown",
        lambda: server.ModelInfer(pb.ModelInferRequest(model_name="other")),
    )
    refused(
        invalid,
        "input 'pair' has shape [1, 3]; expected [rows, 2]",
        lambda: infer(tensor("pair", [1, 3], fp32_contents=[1, 2, 3])),
    )
    refused(
        invalid,
        "typed contents beside raw_input_contents",
        lambda: infer(*matrices(), raw_input_contents=[b"\0" * 8, b"\0" * 4]),
    )
    refused(invalid, "not finite", lambda: infer(*matrices(b=float("nan"))))


def test_too_large():
    refused(
        grpc.StatusCode.RESOURCE_EXHAUSTED,
        "",
        lambda: infer(tensor("c", [1, 1]), raw_input_contents=[bytes(17 << 20)]),
    )


def test_deadline():
    request = pb.ModelInferRequest(model_name="echo", inputs=matrices())
    refused(
        grpc.StatusCode.DEADLINE_EXCEEDED, "", lambda: server.ModelInfer(request, timeout=1e-6)
    )


def test_compression():
    request = pb.ModelInferRequest(model_name="echo", inputs=matrices())
    answer = server.ModelInfer(request, compression=grpc.Compression.Gzip)
    assert answer.model_version == "2"


def test_what_is_not_offered_is_refused():
    """What Triton's client asks beside predictions, by the methods' public names."""
    for method, part in (
        ("RepositoryModelLoad", "not loaded and unloaded on request"),
        ("RepositoryModelUnload", "not loaded and unloaded on request"),
        ("SystemSharedMemoryStatus", "shared memory is not offered"),
        ("SystemSharedMemoryRegister", "shared memory is not offered"),
        ("CudaSharedMemoryUnregister", "shared memory is not offered"),
        ("TraceSetting", "trace settings are not offered"),
        ("LogSettings", "log settings are not offered"),
    ):
        call = channel.unary_unary("/inference.GRPCInferenceService/" + method)
        refused(grpc.StatusCode.UNIMPLEMENTED, part, lambda: call(b"", timeout=PATIENCE_SECONDS))
    one = pb.InferParameter(int64_param=1)
    for name in ("sequence_id", "sequence_start", "mood"):
        refused(
            grpc.StatusCode.INVALID_ARGUMENT,
            name,
            lambda: infer(*matrices(), parameters={name: one}),
        )
    wanted = pb.ModelInferRequest.InferRequestedOutputTensor(name="sum")
    wanted.parameters["shared_memory_region"].string_param = "mine"
    refused(
        grpc.StatusCode.INVALID_ARGUMENT,
        "shared memory is not offered",
        lambda: infer(*matrices(), outputs=[wanted]),
    )


def test_classification():
    wanted = pb.ModelInferRequest.InferRequestedOutputTensor(name="choice")
    wanted.parameters["classification"].int64_param = 2
    answer = infer(*matrices(a=0.25, b=3), outputs=[wanted]).outputs[0]
    assert (answer.datatype, list(answer.shape)) == ("BYTES", [1, 2])
    assert list(answer.contents.bytes_contents) == [b"3.0:1:yes", b"0.25:0:no"]


def test_config():
    config = server.ModelConfig(pb.ModelConfigRequest(name="echo")).config
    assert [(i.name, list(i.dims)) for i in config.input] == [("pair", [2]), ("c", [1])]


def test_long_messages_fit_in_what_clients_take():
    refused(
        grpc.StatusCode.NOT_FOUND,
        "is unknown",
        lambda: server.ModelMetadata(pb.ModelMetadataRequest(name="\u00e9" * 100_000)),
    )


def test_numbers_that_contradict_their_type():
    c = tensor("c", [1], "INT8", int_contents=[300])
    refused(grpc.StatusCode.INVALID_ARGUMENT, "beyond INT8", lambda: infer(matrices()[0], c))


for name, test in list(globals().items()):
    if name.startswith("test_"):
        test()
        print(name)
print("all passed")

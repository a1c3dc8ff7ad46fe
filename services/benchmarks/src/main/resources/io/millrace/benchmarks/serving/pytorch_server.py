"""Serves a network of dense layers with PyTorch and grpcio, over the Open Inference Protocol.

Arguments: the port, the folder with the generated protocol, the widths of the layers. Prints `ready`,
or `absent` if a package is missing.
"""

import asyncio
import sys

try:
    import grpc
    import torch
    from torch import nn
except ImportError as error:
    print("absent:", error, flush=True)
    sys.exit(0)

sys.path.insert(0, sys.argv[2])
import grpc_service_pb2 as pb  # noqa: E402
import grpc_service_pb2_grpc as stubs  # noqa: E402

torch.set_num_threads(1)
widths = [int(width) for width in sys.argv[3:]]
layers = []
for inputs, outputs in zip(widths, widths[1:]):
    layers += [nn.Linear(inputs, outputs), nn.ReLU()]
network = nn.Sequential(*layers[:-1], nn.Softmax(dim=1)).eval()


class Predictor(stubs.GRPCInferenceServiceServicer):
    async def ModelInfer(self, request, context):
        rows = request.inputs[0].shape[0]
        features = torch.frombuffer(bytearray(request.raw_input_contents[0]), dtype=torch.float32)
        with torch.inference_mode():
            values = network(features.view(rows, widths[0]))
        answer = pb.ModelInferResponse(model_name=request.model_name, model_version="1")
        answer.outputs.add(name="label", datatype="FP32", shape=[rows, widths[-1]])
        answer.raw_output_contents.append(values.numpy().tobytes())
        return answer


async def serve():
    server = grpc.aio.server()
    stubs.add_GRPCInferenceServiceServicer_to_server(Predictor(), server)
    server.add_insecure_port("127.0.0.1:" + sys.argv[1])
    await server.start()
    print("ready", flush=True)
    await server.wait_for_termination()


asyncio.run(serve())

package io.millrace.benchmarks.serving;

import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.millrace.proto.inference.ModelInferRequest;
import io.millrace.proto.inference.ModelInferResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;

/**
 * The baseline: a grpc-java server that parses a prediction request and echoes its contents,
 * without inference. It uses only event loop threads, which is the fastest mode for calls that do
 * not block. Argument: the port.
 */
public final class EchoServer {
  private EchoServer() {}

  /** Serves until terminated. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Server server =
        NettyServerBuilder.forAddress(
                new InetSocketAddress("127.0.0.1", Integer.parseInt(arguments[0])))
            .directExecutor()
            .addService(
                ServerServiceDefinition.builder("inference.GRPCInferenceService")
                    .addMethod(method(), ServerCalls.asyncUnaryCall(EchoServer::echo))
                    .build())
            .build()
            .start();
    System.out.println("ready");
    server.awaitTermination();
  }

  private static void echo(ModelInferRequest request, StreamObserver<ModelInferResponse> observer) {
    ModelInferResponse.Builder response =
        ModelInferResponse.newBuilder()
            .setModelName(request.getModelName())
            .setModelVersion("1")
            .addAllRawOutputContents(request.getRawInputContentsList());
    for (ModelInferRequest.InferInputTensor input : request.getInputsList()) {
      response
          .addOutputsBuilder()
          .setName(input.getName())
          .setDatatype(input.getDatatype())
          .addAllShape(input.getShapeList());
    }
    observer.onNext(response.build());
    observer.onCompleted();
  }

  private static MethodDescriptor<ModelInferRequest, ModelInferResponse> method() {
    return MethodDescriptor.<ModelInferRequest, ModelInferResponse>newBuilder()
        .setType(MethodDescriptor.MethodType.UNARY)
        .setFullMethodName("inference.GRPCInferenceService/ModelInfer")
        .setRequestMarshaller(new Requests())
        .setResponseMarshaller(new Responses())
        .build();
  }

  private static final class Requests implements MethodDescriptor.Marshaller<ModelInferRequest> {
    @Override
    public InputStream stream(ModelInferRequest value) {
      return new ByteArrayInputStream(value.toByteArray());
    }

    @Override
    public ModelInferRequest parse(InputStream stream) {
      try {
        return ModelInferRequest.parseFrom(stream);
      } catch (IOException e) {
        throw Status.INVALID_ARGUMENT.withCause(e).asRuntimeException();
      }
    }
  }

  private static final class Responses implements MethodDescriptor.Marshaller<ModelInferResponse> {
    @Override
    public InputStream stream(ModelInferResponse value) {
      return new ByteArrayInputStream(value.toByteArray());
    }

    @Override
    public ModelInferResponse parse(InputStream stream) {
      throw new UnsupportedOperationException("this is the server");
    }
  }
}

package io.millrace.predictor.grpc;

import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import io.millrace.predictor.requests.Refusal;
import io.vertx.core.buffer.Buffer;
import io.vertx.grpc.common.GrpcMessageDecoder;
import io.vertx.grpc.common.GrpcMessageEncoder;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.common.ServiceMethod;
import io.vertx.grpc.common.ServiceName;
import io.vertx.grpc.reflection.v1.ErrorResponse;
import io.vertx.grpc.reflection.v1.FileDescriptorResponse;
import io.vertx.grpc.reflection.v1.ListServiceResponse;
import io.vertx.grpc.reflection.v1.ServerReflectionProto;
import io.vertx.grpc.reflection.v1.ServerReflectionRequest;
import io.vertx.grpc.reflection.v1.ServerReflectionResponse;
import io.vertx.grpc.reflection.v1.ServiceResponse;
import io.vertx.grpc.server.GrpcServer;
import io.vertx.grpc.server.GrpcServerRequest;
import io.vertx.grpc.server.Service;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * gRPC server reflection [1] for the services of this server. On one event loop.
 *
 * <p>Vert.x's own service ends a call with its first answer and throws at a second request.
 *
 * <p>[1] GRPC Server Reflection Protocol, grpc/doc/server-reflection.md.
 */
public final class Reflection {
  private static final FileDescriptor V1 = ServerReflectionProto.getDescriptor();

  /** The package of older clients, with the same messages. */
  private static final FileDescriptor V1ALPHA = renamed(V1, "grpc.reflection.v1alpha");

  private static final List<ServiceDescriptor> OWN =
      List.of(V1.getServices().get(0), V1ALPHA.getServices().get(0));

  private final List<ServiceDescriptor> services;
  private final GrpcMessages messages;
  private final Map<String, FileDescriptor> bySymbol = new HashMap<>();
  private final Map<String, FileDescriptor> byName = new HashMap<>();

  public Reflection(List<ServiceDescriptor> services, GrpcMessages messages) {
    this.services = List.copyOf(services);
    this.messages = messages;
    services.forEach(service -> add(service.getFile()));
    OWN.forEach(service -> add(service.getFile()));
  }

  /** Adds the reflection services of both packages. */
  public void addTo(GrpcServer grpc) {
    for (ServiceDescriptor descriptor : OWN) {
      ServiceName name = ServiceName.create(descriptor.getFullName());
      ServiceMethod<Buffer, Buffer> method =
          ServiceMethod.server(
              name,
              descriptor.getMethods().get(0).getName(),
              GrpcMessageEncoder.IDENTITY,
              GrpcMessageDecoder.IDENTITY);
      grpc.addService(
          Service.service(name, descriptor)
              .bind(method, call -> messages.deliver(call, new Conversation(call)))
              .build());
    }
  }

  /** Returns a file's definitions in another package. */
  private static FileDescriptor renamed(FileDescriptor file, String newPackage) {
    FileDescriptorProto.Builder renamed =
        file.toProto().toBuilder()
            .setName(newPackage.replace('.', '/') + "/reflection.proto")
            .setPackage(newPackage);
    String old = "." + file.getPackage() + ".";
    String replacement = "." + newPackage + ".";
    renamed.getMessageTypeBuilderList().stream()
        .flatMap(message -> message.getFieldBuilderList().stream())
        .filter(FieldDescriptorProto.Builder::hasTypeName)
        .forEach(field -> field.setTypeName(field.getTypeName().replace(old, replacement)));
    renamed
        .getServiceBuilder(0)
        .getMethodBuilderList()
        .forEach(
            method ->
                method
                    .setInputType(method.getInputType().replace(old, replacement))
                    .setOutputType(method.getOutputType().replace(old, replacement)));
    try {
      return FileDescriptor.buildFrom(renamed.build(), new FileDescriptor[0]);
    } catch (DescriptorValidationException e) {
      throw new IllegalStateException(e); // only the names differ from a valid file
    }
  }

  private void add(FileDescriptor file) {
    if (byName.putIfAbsent(file.getName(), file) == null) {
      file.getServices().forEach(service -> add(service, file));
      file.getMessageTypes().forEach(type -> add(type, file));
      file.getEnumTypes().forEach(type -> bySymbol.put(type.getFullName(), file));
      file.getDependencies().forEach(this::add);
    }
  }

  private void add(ServiceDescriptor service, FileDescriptor file) {
    bySymbol.put(service.getFullName(), file);
    for (MethodDescriptor method : service.getMethods()) {
      bySymbol.put(method.getFullName(), file);
    }
  }

  private void add(Descriptor type, FileDescriptor file) {
    bySymbol.put(type.getFullName(), file);
    type.getNestedTypes().forEach(nested -> add(nested, file));
    type.getEnumTypes().forEach(nested -> bySymbol.put(nested.getFullName(), file));
  }

  private ServerReflectionResponse answer(ServerReflectionRequest request) {
    ServerReflectionResponse.Builder answer =
        ServerReflectionResponse.newBuilder()
            .setValidHost(request.getHost())
            .setOriginalRequest(request);
    switch (request.getMessageRequestCase()) {
      case LIST_SERVICES -> answer.setListServicesResponse(list());
      case FILE_BY_FILENAME -> put(answer, byName.get(request.getFileByFilename()));
      case FILE_CONTAINING_SYMBOL -> put(answer, bySymbol.get(request.getFileContainingSymbol()));
      default -> put(answer, null); // the services use no extensions
    }
    return answer.build();
  }

  private ListServiceResponse list() {
    ListServiceResponse.Builder list = ListServiceResponse.newBuilder();
    Stream.concat(services.stream(), OWN.stream())
        .map(service -> ServiceResponse.newBuilder().setName(service.getFullName()))
        .forEach(list::addService);
    return list.build();
  }

  private static void put(ServerReflectionResponse.Builder answer, @Nullable FileDescriptor file) {
    if (file == null) {
      answer.setErrorResponse(
          ErrorResponse.newBuilder()
              .setErrorCode(GrpcStatus.NOT_FOUND.code)
              .setErrorMessage("nothing of that name is known here"));
      return;
    }
    Set<FileDescriptor> files = new LinkedHashSet<>();
    collect(file, files);
    FileDescriptorResponse.Builder definitions = FileDescriptorResponse.newBuilder();
    files.forEach(found -> definitions.addFileDescriptorProto(found.toProto().toByteString()));
    answer.setFileDescriptorResponse(definitions);
  }

  private static void collect(FileDescriptor file, Set<FileDescriptor> files) {
    if (files.add(file)) {
      file.getDependencies().forEach(needed -> collect(needed, files));
    }
  }

  /** One call. Each request is answered at once. */
  private final class Conversation implements GrpcListener {
    private static final int MOST_REQUESTS = 100; // a caller that does not read cannot fill memory
    private static final int MOST_BYTES = 4096;

    private final GrpcServerRequest<Buffer, Buffer> call;
    private int requests;
    private boolean over;

    Conversation(GrpcServerRequest<Buffer, Buffer> call) {
      this.call = call;
    }

    @Override
    public void received(Buffer message) {
      if (over) {
        return;
      }
      if (++requests > MOST_REQUESTS) {
        received(Refusal.exhausted("a call may ask %d times at most".formatted(MOST_REQUESTS)));
        return;
      }
      if (message.length() > MOST_BYTES) {
        received(Refusal.invalid("a request may have %d bytes at most".formatted(MOST_BYTES)));
        return;
      }
      try {
        ServerReflectionRequest request = ServerReflectionRequest.parseFrom(message.getBytes());
        call.response()
            .write(Buffer.buffer(answer(request).toByteArray()))
            .onFailure(StatusMessage::unsent);
      } catch (InvalidProtocolBufferException e) {
        received(Refusal.invalid("the message is no request for reflection: " + e.getMessage()));
      }
    }

    @Override
    public void received(Refusal unreadable) {
      if (!over) {
        over = true;
        StatusMessage.refuse(call.response(), unreadable);
      }
    }

    @Override
    public void sentEverything() {
      if (!over) {
        over = true;
        call.response().end().onFailure(StatusMessage::unsent);
      }
    }

    @Override
    public void gone(GrpcStatus status) {
      over = true;
    }
  }
}

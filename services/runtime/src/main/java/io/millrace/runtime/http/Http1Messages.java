package io.millrace.runtime.http;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.compression.StandardCompressionOptions;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpContentCompressor;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Follows the messages of a connection of HTTP/1.1, tells its {@link ConnectionLife} of them, and
 * lets an answer be the connection's last where it has to be [1]: when the server stops, where the
 * request's body has not all come, and after a request with Transfer-Encoding, or of HTTP/1.0 with
 * Content-Length: Netty does not tell one that had both, or two lengths, which may have been made
 * to smuggle another.
 *
 * <p>Stands before Vert.x' own handler. Confined to the connection's event loop.
 *
 * <p>[1] RFC 9112, HTTP/1.1, sections 6.3 and 9.6.
 */
@SuppressWarnings("FutureReturnValueIgnored") // promises are handed on
final class Http1Messages extends ChannelDuplexHandler {
  /** Bytes of an answer below which compression gains nothing. */
  private static final int LEAST_COMPRESSED = 1024;

  private static final HttpProblem BADLY_CHUNKED =
      new HttpProblem(HttpProblem.BAD_REQUEST, "the body is not well chunked");
  private static final HttpProblem UNKNOWN_CODING =
      new HttpProblem(
          HttpProblem.NOT_IMPLEMENTED,
          "the only Transfer-Encoding that is understood is chunked, once");

  private final ConnectionLife life;
  private int begun;
  private int whole;
  private int answered;
  private boolean unclear;
  private boolean answering;
  private boolean isLast;

  private Http1Messages(ConnectionLife life) {
    this.life = life;
  }

  /** Adds one, and what compresses answers for those who ask for that. */
  static void addBefore(ChannelHandlerContext http, ConnectionLife life) {
    http.pipeline()
        .addBefore(
            http.name(),
            null,
            new HttpContentCompressor(
                LEAST_COMPRESSED,
                StandardCompressionOptions.gzip(),
                StandardCompressionOptions.deflate()))
        .addBefore(http.name(), null, new Http1Messages(life));
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (life.end().hasBegun() || isLast) {
      ReferenceCountUtil.release(message);
      return;
    }
    if (message instanceof HttpRequest request) {
      if (!begin(context, request)) {
        ReferenceCountUtil.release(message);
        return;
      }
    } else if (message instanceof HttpContent content) {
      if (content.decoderResult().isFailure()) {
        ReferenceCountUtil.release(message);
        refuse(context, BADLY_CHUNKED);
        return;
      }
      if (content instanceof LastHttpContent && whole < begun) {
        whole++;
        life.bodyCame();
      }
    }
    context.fireChannelRead(message);
  }

  /** Takes note of a request's head; returns whether it is read on. */
  private boolean begin(ChannelHandlerContext context, HttpRequest request) {
    HttpProblem problem = problem(request);
    if (problem != null) {
      refuse(context, problem);
      return false;
    }
    begun++;
    life.headCame();
    unclear |= isUnclear(request);
    if (request.decoderResult().isSuccess() && isBodiless(request)) {
      whole++; // it may be answered before its end is told
      life.bodyCame();
    }
    return true;
  }

  /** Returns why a request is not read on, of what {@link RequestChecks} does not see. */
  private static @Nullable HttpProblem problem(HttpRequest request) {
    if (!isOurVersion(request)) {
      return new HttpProblem(
          HttpProblem.VERSION_NOT_SUPPORTED, "HTTP/1.0, HTTP/1.1 and HTTP/2 are spoken here");
    }
    if (request.decoderResult().isFailure()) {
      return null; // Vert.x has it refused
    }
    if (request.headers().contains("")) {
      return new HttpProblem(HttpProblem.BAD_REQUEST, "a header field has no name");
    }
    List<String> codings = request.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING);
    return codings.isEmpty() || isChunkedAlone(codings) ? null : UNKNOWN_CODING;
  }

  /** RFC 9110, 2.5: a later version of HTTP/1 is answered as the one that is known. */
  private static boolean isOurVersion(HttpRequest request) {
    HttpVersion version = request.protocolVersion();
    boolean isHttp1 = version.protocolName().equals("HTTP") && version.majorVersion() == 1;
    if (isHttp1 && version.minorVersion() > 1) {
      request.setProtocolVersion(HttpVersion.HTTP_1_1);
    }
    return isHttp1;
  }

  private static boolean isBodiless(HttpRequest request) {
    return !HttpUtil.isTransferEncodingChunked(request)
        && HttpUtil.getContentLength(request, 0L) == 0;
  }

  /** Returns whether others may see another end of the request than Netty does. */
  private static boolean isUnclear(HttpRequest request) {
    return HttpUtil.isTransferEncodingChunked(request)
        || (request.protocolVersion().minorVersion() == 0 && HttpUtil.isContentLengthSet(request));
  }

  private static boolean isChunkedAlone(List<String> codings) {
    return codings.size() == 1 && codings.get(0).trim().equalsIgnoreCase("chunked");
  }

  /** Refuses what came last, and reads no more; calls before it that are under way are lost. */
  private void refuse(ChannelHandlerContext context, HttpProblem problem) {
    if (answering || answered < whole) {
      context.close();
    } else {
      life.end().refuse(HttpResponseStatus.valueOf(problem.status()), problem.message());
    }
    isLast = true;
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    ChannelPromise written = promise;
    if (message instanceof HttpResponse response && !isInterim(response)) {
      answering = true;
      isLast = isLast || life.isLeaving() || unclear || whole == answered;
      if (response instanceof HttpContent body && isCompressible(body)) {
        response.headers().add(HttpHeaderNames.VARY, HttpHeaderNames.ACCEPT_ENCODING);
      }
      if (isLast) {
        response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
      }
    }
    if (answering && message instanceof LastHttpContent) {
      answering = false;
      answered++;
      life.answered(begun > whole);
      if (isLast) {
        written = promise.unvoid();
        written.addListener(sent -> life.end().begin());
      }
    }
    context.write(message, written);
  }

  /** What Vert.x closes after an answer ends in the same way as what we do. */
  @Override
  public void close(ChannelHandlerContext context, ChannelPromise promise) {
    if (answered == 0 && !life.end().hasBegun()) {
      context.close(promise);
    } else {
      life.end().begin();
      context.channel().closeFuture().addListener(closed -> promise.trySuccess());
    }
  }

  /** RFC 9110, 12.5.5: whether somebody else may get it in another form. */
  private static boolean isCompressible(HttpContent body) {
    return body.content().readableBytes() >= LEAST_COMPRESSED;
  }

  private static boolean isInterim(HttpResponse response) {
    return response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
  }
}

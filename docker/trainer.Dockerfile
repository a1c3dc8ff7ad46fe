# The trainer: its own jar, the jars it needs, one platform's natives, nothing else.
#
#   mvn -Dquick package
#   docker build -t millrace/trainer -f docker/trainer.Dockerfile services/trainer/target
#
# BASE is any image with a JRE 17 or newer as `java` and a shell. For a GPU: `mvn -Dquick -Pcuda
# package`, and a BASE that has the CUDA 11.6 libraries and cuDNN besides.
ARG BASE=eclipse-temurin:17-jre
FROM ${BASE}

COPY lib/ /opt/millrace/lib/

# The natives are unpacked to /tmp, so that the root file system may be read-only.
ENV JAVA_TOOL_OPTIONS="-XX:MaxRAMPercentage=60 -XX:+ExitOnOutOfMemoryError -Dorg.bytedeco.javacpp.cachedir=/tmp/javacpp" \
    OMP_NUM_THREADS=1 \
    OPENBLAS_NUM_THREADS=1

USER 10001:10001
EXPOSE 8081

# OpenBLAS 0.3.19 does not know newer CPUs and would leave their AVX-512 unused.
ENTRYPOINT ["/bin/sh", "-c", "if [ -z \"$OPENBLAS_CORETYPE\" ] && grep -qw avx512f /proc/cpuinfo; then export OPENBLAS_CORETYPE=SkylakeX; fi; exec java -cp '/opt/millrace/lib/*' io.millrace.trainer.TrainerMain \"$@\"", "trainer"]
CMD ["/etc/millrace/model.yaml"]

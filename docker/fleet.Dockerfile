# A fleet: its own jar, the jars it needs, nothing else.
#
#   mvn -Dquick package
#   docker build -t millrace/fleet -f docker/fleet.Dockerfile services/fleet/target
#
# BASE is any image with a JRE 17 or newer as `java`; the native libraries want glibc.
ARG BASE=eclipse-temurin:17-jre
FROM ${BASE}

COPY lib/ /opt/millrace/lib/

# Half of the memory is for the state store, which is outside of the heap. Native libraries are
# unpacked to /tmp; models lie in fleet.state_dir.
ENV OPENBLAS_NUM_THREADS=1 \
    OMP_NUM_THREADS=1 \
    JAVA_TOOL_OPTIONS="-XX:MaxRAMPercentage=50 -XX:+ExitOnOutOfMemoryError -Dorg.bytedeco.javacpp.cachedir=/tmp/javacpp"

USER 10001:10001
EXPOSE 8081

# OpenBLAS 0.3.19 does not know newer CPUs and would leave their AVX-512 unused.
ENTRYPOINT ["/bin/sh", "-c", "if [ -z \"$OPENBLAS_CORETYPE\" ] && grep -qw avx512f /proc/cpuinfo; then export OPENBLAS_CORETYPE=SkylakeX; fi; exec java -cp '/opt/millrace/lib/*' io.millrace.fleet.FleetMain \"$@\"", "fleet"]
CMD ["/etc/millrace/model.yaml"]

# The command line, for producing, asking and looking into checkpoints from inside a cluster. The
# services have images of their own; this one also holds the demo and its broker.
#
#   mvn -Dquick package
#   docker build -t millrace/cli -f docker/cli.Dockerfile services/cli/target
ARG BASE=eclipse-temurin:17-jre
FROM ${BASE}

COPY lib/ /opt/millrace/lib/

ENV JAVA_TOOL_OPTIONS="-XX:MaxRAMPercentage=60 -Dorg.bytedeco.javacpp.cachedir=/tmp/javacpp" \
    OMP_NUM_THREADS=1 \
    OPENBLAS_NUM_THREADS=1

USER 10001:10001
ENTRYPOINT ["java", "-cp", "/opt/millrace/lib/*", "io.millrace.cli.Main"]
CMD ["--help"]

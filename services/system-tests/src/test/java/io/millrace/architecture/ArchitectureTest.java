package io.millrace.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.security.SecureRandom;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/** The rules of DESIGN.md that the module graph alone does not enforce. */
@AnalyzeClasses(
    packages = "io.millrace",
    importOptions = {ImportOption.DoNotIncludeTests.class})
class ArchitectureTest {
  private static final String HOST = "io.millrace.learning.kernels.host";

  /** Methods that give a time or a number that differs from run to run; also as references. */
  private static final Pattern CLOCKS_AND_CHANCE =
      Pattern.compile(
          "java\\.lang\\.System\\.(currentTimeMillis|nanoTime)"
              + "|java\\.time\\..*\\.(now|system.*|tick.*)"
              + "|java\\.lang\\.(Strict)?Math\\.random"
              + "|java\\.util\\.UUID\\.randomUUID");

  private static final DescribedPredicate<JavaAccess<?>> CLOCK_OR_CHANCE =
      describe(
          "it reads a clock or draws chance",
          access ->
              CLOCKS_AND_CHANCE
                  .matcher(access.getTargetOwner().getName() + "." + access.getTarget().getName())
                  .matches());

  @ArchTest
  static final ArchRule learning_knowsOnlySettingsAndNumbers =
      classes()
          .that()
          .resideInAPackage("io.millrace.learning..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "io.millrace.learning..",
              "io.millrace.settings..",
              "java..",
              "org.bytedeco..",
              "org.nd4j..",
              "io.jhdf..",
              "com.fasterxml.jackson.core..",
              "org.jspecify..")
          .because("what is learned depends on the records and the settings alone");

  @ArchTest
  static final ArchRule learning_readsNoClockAndDrawsNoChance =
      noClasses()
          .that()
          .resideInAPackage("io.millrace.learning..")
          .should()
          .accessTargetWhere(CLOCK_OR_CHANCE)
          .orShould()
          .dependOnClassesThat()
          .belongToAnyOf(
              Random.class, SplittableRandom.class, ThreadLocalRandom.class, SecureRandom.class)
          .because("what is learned depends on the records and the settings alone");

  @ArchTest
  static final ArchRule hostKernels_areUsedByTheirFacadeOnly =
      noClasses()
          .that()
          .resideOutsideOfPackage(HOST + "..")
          .should()
          .dependOnClassesThat(resideInAPackage(HOST + "..").and(not(name(HOST + ".HostKernels"))))
          .because("other kernels can take their place");

  @ArchTest
  static final ArchRule learning_startsNoThreadButHelpers =
      noClasses()
          .that()
          .resideInAPackage("io.millrace.learning..")
          .and()
          .doNotHaveFullyQualifiedName("io.millrace.learning.threads.HelperThread")
          .should()
          .callMethod(Thread.class, "start")
          .because("the thread that calls a learner owns all of it");

  @ArchTest
  static final ArchRule trainerAndPredictor_meetOnTheCheckpointTopicOnly =
      noClasses()
          .that()
          .resideInAPackage("io.millrace.trainer..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.millrace.predictor..");

  @ArchTest
  static final ArchRule predictor_doesNotKnowTheTrainer =
      noClasses()
          .that()
          .resideInAPackage("io.millrace.predictor..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.millrace.trainer..");

  @ArchTest
  static final ArchRule tuning_isForThoseWhoChoose =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.millrace.tuning..", "io.millrace.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.millrace.tuning..")
          .because("what trains and serves has its settings");

  @ArchTest
  static final ArchRule search_isAlgorithmsAlone =
      noClasses()
          .that()
          .resideInAnyPackage("io.millrace.tuning.search..", "io.millrace.tuning.charts..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("io.millrace..")
                  .and(
                      resideOutsideOfPackages(
                          "io.millrace.tuning.search..",
                          "io.millrace.tuning.charts..",
                          "io.millrace.learning.random..",
                          "io.millrace.settings..")))
          .because("it knows no records, no learner and no screen");

  @ArchTest
  static final ArchRule kafkaStreams_isForThoseWhoNeedIt =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "io.millrace.streams..", "io.millrace.joiner..", "io.millrace.fleet..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.kafka.streams..", "org.rocksdb..")
          .because("the images of trainer and predictor do not have it");

  @ArchTest
  static final ArchRule streams_knowsNoMachineLearning =
      noClasses()
          .that()
          .resideInAPackage("io.millrace.streams..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.millrace.learning..", "io.millrace.trainer..")
          .because("the joiner has it, too");

  @ArchTest
  static final ArchRule joiner_knowsNoMachineLearning =
      noClasses()
          .that()
          .resideInAPackage("io.millrace.joiner..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.millrace.learning..",
              "io.millrace.checkpoints..",
              "io.millrace.trainer..",
              "io.millrace.predictor..")
          .because("it ends at the records topic, where the trainer begins");

  @ArchTest
  static final ArchRule runtime_knowsNoMachineLearning =
      noClasses()
          .that()
          .resideInAPackage("io.millrace.runtime..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.millrace.learning..",
              "io.millrace.checkpoints..",
              "io.millrace.trainer..",
              "io.millrace.predictor..",
              "io.millrace.joiner..");

  @ArchTest
  static final ArchRule page_knowsNoMachineLearning =
      noClasses()
          .that()
          .resideInAPackage("io.millrace.page..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.millrace.learning..",
              "io.millrace.checkpoints..",
              "io.millrace.trainer..",
              "io.millrace.predictor..",
              "io.millrace.joiner..")
          .because("services show themselves on it");

  @ArchTest
  static final ArchRule nobodyButTheCommandLine_knowsTheQuickstart =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.millrace.quickstart..", "io.millrace.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.millrace.quickstart..")
          .because("production images carry no broker");

  @ArchTest
  static final ArchRule nobodyButTheCommandLine_knowsExport =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.millrace.export..", "io.millrace.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.millrace.export..")
          .because("production images carry no writers of others' files");

  @ArchTest
  static final ArchRule export_knowsOnlyModels =
      noClasses()
          .that()
          .resideInAPackage("io.millrace.export..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("io.millrace..")
                  .and(
                      resideOutsideOfPackages(
                          "io.millrace.export..",
                          "io.millrace.learning..",
                          "io.millrace.checkpoints..",
                          "io.millrace.proto.onnx..",
                          "io.millrace.settings..")));

  @ArchTest
  static final ArchRule client_knowsTheWireContractsOnly =
      noClasses()
          .that()
          .resideInAPackage("io.millrace.client..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("io.millrace..")
                  .and(resideOutsideOfPackages("io.millrace.client..", "io.millrace.proto..")))
          .because("who asks a predictor should not have to carry one");

  @ArchTest
  static final ArchRule packages_haveNoCycles =
      slices().matching("io.millrace.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule packages_nameResponsibilities =
      noClasses()
          .should()
          .resideInAnyPackage("..util..", "..utils..", "..common..", "..impl..", "..manager..");

  @ArchTest
  static final ArchRule processes_endInMainOnly =
      noClasses()
          .that()
          .haveSimpleNameNotEndingWith("Main")
          .and()
          .resideOutsideOfPackage("io.millrace.runtime.lifecycle..")
          .should()
          .callMethod(System.class, "exit", int.class);

  @ArchTest
  static final ArchRule stackTraces_areNeverPrinted =
      noClasses().should().callMethod(Throwable.class, "printStackTrace");

  @ArchTest
  static final ArchRule learningAndTraining_haveNoLocks =
      noMethods()
          .that()
          .areDeclaredInClassesThat()
          .resideInAnyPackage(
              "io.millrace.learning..", "io.millrace.checkpoints..", "io.millrace.trainer..")
          .should()
          .haveModifier(JavaModifier.SYNCHRONIZED)
          .because("one thread owns all of it");
}

// Asks a predictor what the Open Inference Protocol says a client may ask, with Node's own gRPC.
'use strict';

const assert = require('node:assert/strict');
const grpc = require('@grpc/grpc-js');
const loader = require('@grpc/proto-loader');

const [port, protocol] = process.argv.slice(2);
const definition = loader.loadSync(protocol, {keepCase: true, longs: Number, defaults: true});
const {GRPCInferenceService} = grpc.loadPackageDefinition(definition).inference;
const client = new GRPCInferenceService(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
const {status} = grpc;

const PATIENCE_MILLIS = 120_000; // on a busy machine a call takes seconds

function call(method, request, options = {deadline: Date.now() + PATIENCE_MILLIS}) {
  return new Promise((resolve, reject) =>
    client[method](request, options, (error, answer) => (error ? reject(error) : resolve(answer))));
}

const tensor = (name, shape, datatype = 'FP32', contents = undefined) =>
  ({name, shape, datatype, contents});
const infer = (request, options) => call('ModelInfer', {model_name: 'echo', ...request}, options);
const matrices = ({a = 1, b = 0, c = 3} = {}) => [
  tensor('pair', [1, 2], 'FP32', {fp32_contents: [a, b]}),
  tensor('c', [1, 1], 'FP32', {fp32_contents: [c]}),
];

function raw(type, ...values) {
  const bytes = Buffer.alloc(values.length * {FloatLE: 4, BigInt64LE: 8, UInt16LE: 2}[type]);
  const size = bytes.length / values.length;
  values.forEach((value, i) => bytes[`write${type}`](value, i * size));
  return bytes;
}

async function refused(code, part, request, options) {
  await assert.rejects(infer(request, options), error => {
    assert.equal(error.code, code, error.message);
    assert.ok(error.details.includes(part), error.details);
    return true;
  });
}

const tests = {
  async server() {
    assert.ok((await call('ServerLive', {})).live);
    assert.ok((await call('ServerReady', {})).ready);
    assert.equal((await call('ServerMetadata', {})).name, 'millrace');
  },

  async model() {
    assert.ok((await call('ModelReady', {name: 'echo'})).ready);
    assert.ok(!(await call('ModelReady', {name: 'echo', version: '9'})).ready);
    const metadata = await call('ModelMetadata', {name: 'echo'});
    assert.deepEqual(metadata.versions, ['2', '1']);
    assert.deepEqual(metadata.inputs.map(({name, datatype, shape}) => [name, datatype, shape]),
      [['pair', 'FP32', [-1, 2]], ['c', 'FP32', [-1, 1]]]);
  },

  async typedContentsAreAnsweredTyped() {
    const answer = await infer({inputs: matrices(), id: 'one'});
    assert.deepEqual([answer.model_name, answer.model_version, answer.id], ['echo', '2', 'one']);
    assert.equal(answer.parameters.position.string_param, 'echoes-0:12,echoes-1:7');
    assert.equal(answer.parameters.trained_records.int64_param, 15);
    assert.equal(answer.raw_output_contents.length, 0);
    const [choice, chosen, total] = answer.outputs;
    assert.deepEqual([choice.name, choice.shape], ['choice', [1, 2]]);
    assert.deepEqual(choice.contents.fp32_contents, [1, 0]);
    assert.deepEqual([chosen.datatype, String(chosen.contents.bytes_contents)], ['BYTES', 'no']);
    assert.deepEqual(total.contents.fp32_contents, [5]);
  },

  async rawContentsAreRowMajorAndAnsweredRaw() {
    const answer = await infer({
      inputs: [tensor('pair', [2, 2]), tensor('c', [2, 1], 'INT64')],
      raw_input_contents: [raw('FloatLE', 1, 2, 3, 4), raw('BigInt64LE', 5n, 6n)],
    });
    const [choice, chosen, total] = answer.raw_output_contents;
    assert.deepEqual(choice, raw('FloatLE', 1, 2, 3, 4));
    assert.deepEqual(String(chosen), '\x03\0\0\0yes'.repeat(2));
    assert.deepEqual(total, raw('FloatLE', 9, 14));
    assert.ok(answer.outputs.every(output => !output.contents));
  },

  async rawContentsExcludeTyped() {
    await refused(status.INVALID_ARGUMENT, 'typed contents beside raw_input_contents',
      {inputs: matrices(), raw_input_contents: [Buffer.alloc(8), Buffer.alloc(4)]});
  },

  async halfPrecisionComesRawOnly() {
    const answer = await infer({
      inputs: [tensor('pair', [1, 2], 'FP16'), tensor('c', [1], 'BF16')],
      raw_input_contents: [raw('UInt16LE', 0x3800, 0x4000), raw('UInt16LE', 0x3f80)],
    });
    assert.deepEqual(answer.raw_output_contents[2], raw('FloatLE', 4.5));
    await refused(status.INVALID_ARGUMENT, "input 'pair' has datatype FP16",
      {inputs: [tensor('pair', [1, 2], 'FP16', {fp32_contents: [1, 2]})]});
  },

  async oneTensorForEachField() {
    const answer = await infer({inputs: [
      tensor('c', [2], 'INT32', {int_contents: [5, 6]}),
      tensor('b', [2], 'FP64', {fp64_contents: [3, 4]}),
      tensor('a', [2, 1], 'FP32', {fp32_contents: [1, 2]}),
    ]});
    assert.deepEqual(answer.outputs[0].contents.fp32_contents, [1, 3, 2, 4]);
  },

  async noVersionIsTheOneInService() {
    assert.equal((await infer({inputs: matrices()})).model_version, '2');
    const older = await infer({inputs: matrices(), model_version: '1'});
    assert.equal(older.model_version, '1');
    assert.deepEqual(older.outputs[2].contents.fp32_contents, [4]);
    await refused(status.NOT_FOUND, "no version '7'", {inputs: matrices(), model_version: '7'});
  },

  async requestedOutputs() {
    const answer = await infer({inputs: matrices(), outputs: [{name: 'sum'}]});
    assert.deepEqual(answer.outputs.map(({name}) => name), ['sum']);
  },

  async refusalsNameWhatIsWrong() {
    await refused(status.NOT_FOUND, "model 'other' is unknown", {model_name: 'other'});
    await refused(status.INVALID_ARGUMENT, "input 'pair' has shape [1, 3]; expected [rows, 2]",
      {inputs: [tensor('pair', [1, 3], 'FP32', {fp32_contents: [1, 2, 3]})]});
    await refused(status.INVALID_ARGUMENT, 'not finite', {inputs: matrices({b: NaN})});
  },

  async tooLarge() {
    await refused(status.RESOURCE_EXHAUSTED, '',
      {inputs: [tensor('c', [1, 1])], raw_input_contents: [Buffer.alloc(17 << 20)]});
  },

  async deadlines() {
    await refused(status.DEADLINE_EXCEEDED, '', {inputs: matrices()}, {deadline: Date.now() - 1});
  },

  async compression() {
    const compressing = new GRPCInferenceService(
      `127.0.0.1:${port}`, grpc.credentials.createInsecure(),
      {'grpc.default_compression_algorithm': grpc.compressionAlgorithms.gzip});
    const answer = await new Promise((resolve, reject) => compressing.ModelInfer(
      {model_name: 'echo', inputs: matrices()},
      (error, message) => (error ? reject(error) : resolve(message))));
    assert.equal(answer.model_version, '2');
    compressing.close();
  },

  async manyCallsOnOneConnection() {
    const answers = await Promise.all(Array.from({length: 500}, (_, i) =>
      infer({inputs: matrices({c: i}), id: String(i)})));
    answers.forEach((answer, i) => {
      assert.equal(answer.id, String(i));
      assert.deepEqual(answer.outputs[2].contents.fp32_contents, [i + 2]);
    });
  },
};

(async () => {
  for (const [name, test] of Object.entries(tests)) {
    await test();
    console.log(name);
  }
  client.close();
  console.log('all passed');
})().catch(error => {
  console.error(error);
  process.exit(1);
});

// gRPC's interoperability cases by @grpc/grpc-js.
//
// usage: node interop.js MODULES PROTO ADDRESS
//
// MODULES is the folder node_modules lies in. Prints one JSON object: "ok" or what went wrong, by case.
'use strict';

const assert = require('node:assert');
const path = require('node:path');

const [modules, proto, address] = process.argv.slice(2);
const load = (name) => require(path.join(modules, 'node_modules', name));
const grpc = load('@grpc/grpc-js');
const definition = load('@grpc/proto-loader').loadSync(proto, { defaults: true, keepCase: true });
const { TestService, UnimplementedService } = grpc.loadPackageDefinition(definition).grpc.testing;
const GZIP = 2;
const NO_COMPRESS = 2;
const options = { 'grpc.enable_http_proxy': 0, 'grpc.use_local_subchannel_pool': 1 };
const make = (Kind, more) => new Kind(address, grpc.credentials.createInsecure(), { ...options, ...more });
const client = make(TestService);
const zipped = make(TestService, { 'grpc.default_compression_algorithm': GZIP });
const later = () => ({ deadline: Date.now() + 60_000 });
const [BIG, LARGE] = [271828, 314159];
const REQUESTS = [27182, 8, 1828, 45904];
const RESPONSES = [31415, 9, 2653, 58979];
const SPECIAL = '\t\ntest with whitespace\r\nand Unicode BMP \u263a and non-BMP \u{1f608}\t\n';
const payload = (size) => ({ body: Buffer.alloc(size) });
const sum = (values) => values.reduce((left, right) => left + right, 0);

// One answer, or the error, with what came beside it.
function unary(on, method, request, metadata = new grpc.Metadata()) {
  return new Promise((resolve) => {
    const result = {};
    const call = on[method](request, metadata, later(), (error, answer) => Object.assign(result, { error, answer }));
    call.on('metadata', (initial) => { result.initial = initial; });
    call.on('status', (status) => setImmediate(() => resolve({ ...result, status })));
  });
}

// All answers of a stream and its status.
function drained(call) {
  return new Promise((resolve) => {
    const result = { answers: [] };
    call.on('metadata', (initial) => { result.initial = initial; });
    call.on('data', (answer) => result.answers.push(answer.payload.body.length));
    call.on('error', () => {});
    call.on('status', (status) => resolve({ ...result, status }));
  });
}

function ended(result, code, details) {
  assert.strictEqual(result.status.code, code, JSON.stringify(result.status));
  if (details !== undefined) {
    assert.strictEqual(result.status.details, details);
  }
}

async function answered(on, method, request, size) {
  const result = await unary(on, method, request);
  ended(result, grpc.status.OK);
  assert.strictEqual(result.answer.payload.body.length, size);
}

const large = (more) => ({ response_size: LARGE, payload: payload(BIG), ...more });
const duplex = (size, answer) => ({
  payload: payload(size), response_parameters: answer === undefined ? [] : [{ size: answer }],
});

async function statuses(message) {
  const response_status = { code: 2, message };
  ended(await unary(client, 'UnaryCall', { response_status }), 2, message);
  const call = client.FullDuplexCall(later());
  const end = drained(call);
  call.write({ response_status });
  call.end();
  ended(await end, 2, message);
}

const cases = {
  async empty_unary() {
    const result = await unary(client, 'EmptyCall', {});
    ended(result, grpc.status.OK);
    assert.deepStrictEqual({ ...result.answer }, {});
  },
  async cacheable_unary() {
    const metadata = new grpc.Metadata({ cacheableRequest: true });
    metadata.set('x-user-ip', '1.2.3.4');
    ended(await unary(client, 'CacheableUnaryCall', { payload: payload(6), response_size: 6 }, metadata), 0);
  },
  large_unary: () => answered(client, 'UnaryCall', large(), LARGE),
  async client_compressed_unary() {
    ended(await unary(client, 'UnaryCall', large({ expect_compressed: { value: true } })), 3);
    await answered(zipped, 'UnaryCall', large({ expect_compressed: { value: true } }), LARGE);
    await answered(client, 'UnaryCall', large({ expect_compressed: { value: false } }), LARGE);
  },
  async server_compressed_unary() {
    for (const value of [true, false]) {
      await answered(client, 'UnaryCall', large({ response_compressed: { value } }), LARGE);
    }
  },
  client_streaming: () => new Promise((resolve, reject) => {
    const call = client.StreamingInputCall(later(), (error, answer) => error ? reject(error) : resolve(answer));
    REQUESTS.forEach((size) => call.write({ payload: payload(size) }));
    call.end();
  }).then((answer) => assert.strictEqual(answer.aggregated_payload_size, sum(REQUESTS))),
  async client_compressed_streaming() {
    const start = (resolve) => zipped.StreamingInputCall(later(), (error, answer) => resolve({ error, answer }));
    const message = (size, value) => ({ payload: payload(size), expect_compressed: { value } });
    // what is not compressed and says that it is must be refused, which shows that the server looks
    const refused = await new Promise((resolve) => {
      const call = start(resolve);
      call._write(message(27182, true), String(NO_COMPRESS), () => call.end());
    });
    assert.strictEqual(refused.error.code, grpc.status.INVALID_ARGUMENT);
    const taken = await new Promise((resolve) => {
      const call = start(resolve);
      call._write(message(27182, true), '0', () =>
        call._write(message(45904, false), String(NO_COMPRESS), () => call.end()));
    });
    assert.ifError(taken.error);
    assert.strictEqual(taken.answer.aggregated_payload_size, 27182 + 45904);
  },
  async server_streaming() {
    const response_parameters = RESPONSES.map((size) => ({ size }));
    const result = await drained(client.StreamingOutputCall({ response_parameters }, later()));
    ended(result, grpc.status.OK);
    assert.deepStrictEqual(result.answers, RESPONSES);
  },
  async server_compressed_streaming() {
    const response_parameters = [
      { size: 31415, compressed: { value: true } }, { size: 92653, compressed: { value: false } }];
    const result = await drained(client.StreamingOutputCall({ response_parameters }, later()));
    ended(result, grpc.status.OK);
    assert.deepStrictEqual(result.answers, [31415, 92653]);
  },
  async ping_pong() {
    const call = client.FullDuplexCall(later());
    let turn = 0;
    call.on('data', () => ++turn < REQUESTS.length ? call.write(duplex(REQUESTS[turn], RESPONSES[turn])) : call.end());
    const end = drained(call);
    call.write(duplex(REQUESTS[0], RESPONSES[0]));
    const result = await end;
    ended(result, grpc.status.OK);
    assert.deepStrictEqual(result.answers, RESPONSES);
  },
  async empty_stream() {
    const call = client.FullDuplexCall(later());
    const end = drained(call);
    call.end();
    const result = await end;
    ended(result, grpc.status.OK);
    assert.deepStrictEqual(result.answers, []);
  },
  async custom_metadata() {
    const metadata = new grpc.Metadata();
    metadata.set('x-grpc-test-echo-initial', 'test_initial_metadata_value');
    metadata.set('x-grpc-test-echo-trailing-bin', Buffer.from([0xab, 0xab, 0xab]));
    const one = await unary(client, 'UnaryCall', large(), metadata);
    const call = client.FullDuplexCall(metadata, later());
    const end = drained(call);
    call.write(duplex(BIG, LARGE));
    call.end();
    for (const result of [one, await end]) {
      ended(result, grpc.status.OK);
      assert.deepStrictEqual(result.initial.get('x-grpc-test-echo-initial'), ['test_initial_metadata_value']);
      assert.deepStrictEqual(
        result.status.metadata.get('x-grpc-test-echo-trailing-bin'), [Buffer.from([0xab, 0xab, 0xab])]);
    }
  },
  status_code_and_message: () => statuses('test status message'),
  special_status_message: () => statuses(SPECIAL),
  unimplemented_method: async () => ended(await unary(client, 'UnimplementedCall', {}), grpc.status.UNIMPLEMENTED),
  async unimplemented_service() {
    const other = make(UnimplementedService);
    ended(await unary(other, 'UnimplementedCall', {}), grpc.status.UNIMPLEMENTED);
    other.close();
  },
  async cancel_after_begin() {
    const error = await new Promise((resolve) => client.StreamingInputCall(later(), resolve).cancel());
    assert.strictEqual(error.code, grpc.status.CANCELLED);
  },
  async cancel_after_first_response() {
    const call = client.FullDuplexCall(later());
    call.once('data', () => call.cancel());
    const end = drained(call);
    call.write(duplex(REQUESTS[0], RESPONSES[0]));
    ended(await end, grpc.status.CANCELLED);
  },
  async timeout_on_sleeping_server() {
    const call = client.FullDuplexCall({ deadline: Date.now() + 1 });
    const end = drained(call);
    call.write(duplex(27182));
    ended(await end, grpc.status.DEADLINE_EXCEEDED);
  },
  async rpc_soak() {
    for (let call = 0; call < 200; call++) {
      await answered(client, 'UnaryCall', { response_size: 31, payload: payload(27) }, 31);
    }
  },
  async channel_soak() {
    for (let channel = 0; channel < 20; channel++) {
      const other = make(TestService);
      ended(await unary(other, 'EmptyCall', {}), grpc.status.OK);
      other.close();
    }
  },
};

async function run() {
  const results = {};
  for (const [name, test] of Object.entries(cases)) {
    try {
      await test();
      results[name] = 'ok';
    } catch (error) {
      results[name] = error.message;
    }
  }
  console.log(JSON.stringify(results));
}

run().then(() => process.exit(0), (error) => {
  console.error(`interop.js: ${error.stack}`);
  process.exit(1);
});

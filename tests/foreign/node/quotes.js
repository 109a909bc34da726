// Health, reflection and quotes by @grpc/grpc-js.
//
// usage: node quotes.js MODULES PROTOS ADDRESS VERSION
//
// MODULES is the folder node_modules lies in, PROTOS that of the published contracts, VERSION that of reflection.
// Prints one JSON object; exits with 1 and a reason on stderr when something is missing.
'use strict';

const path = require('node:path');

const [modules, protos, address, version] = process.argv.slice(2);
const load = (name) => require(path.join(modules, 'node_modules', name));
const grpc = load('@grpc/grpc-js');
const files = ['quoter/v1/quotes.proto', 'grpc/health/v1/health.proto', `grpc/reflection/${version}/reflection.proto`];
const definition = load('@grpc/proto-loader').loadSync(files, { includeDirs: [protos], enums: String, defaults: true });
const root = grpc.loadPackageDefinition(definition);
const options = { 'grpc.enable_http_proxy': 0 };
const make = (Kind) => new Kind(address, grpc.credentials.createInsecure(), options);
const later = () => ({ deadline: Date.now() + 60_000 });
const quotes = make(root.quoter.v1.QuoteService);
const health = make(root.grpc.health.v1.Health);
const reflection = make(root.grpc.reflection[version].ServerReflection);
const ask = (client, method, request) => new Promise((resolve, reject) =>
  client[method](request, later(), (error, answer) => error ? reject(error) : resolve(answer)));

// The first message of a stream, which is then canceled.
function first(call) {
  return new Promise((resolve, reject) => {
    call.once('data', (message) => {
      resolve(message);
      call.cancel();
    });
    call.on('error', reject);   // the cancellation comes after the promise was kept
  });
}

async function run() {
  const listing = reflection.ServerReflectionInfo(later());
  const listed = first(listing);
  listing.write({ listServices: '*' });
  const gzip = new grpc.Metadata();
  gzip.set('response-encoding', 'gzip');
  return {
    services: (await listed).listServicesResponse.service.length,
    health: (await ask(health, 'Check', { service: 'quoter.v1.QuoteService' })).status,
    listed: Object.keys((await ask(health, 'List', {})).statuses).length,
    levels: (await ask(quotes, 'GetQuote', { levels: 5 })).bids.length,
    zipped: (await first(quotes.StreamQuotes({}, gzip, later()))).quote.bids.length,
  };
}

run().then(
  (result) => {
    console.log(JSON.stringify(result));
    process.exit(0);
  },
  (error) => {
    console.error(`quotes.js: ${error.stack}`);
    process.exit(1);
  });

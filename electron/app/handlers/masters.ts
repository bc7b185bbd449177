/** Masters area: the broker's symbol files and the search over them. */
import type { MasterRoom } from '#core/masters/index.ts';
import type { Contract } from '#shared/contract/index.ts';
import type { Handlers } from '#shared/rpc/index.ts';

export function mastersHandlers(masters: MasterRoom): Handlers<Contract>['masters'] {
  return {
    status: () => masters.status(),
    faults: ({ file }) => masters.faults(file),
    importFiles: ({ files }, { signal }) => masters.importFiles(files, signal),
    download: ({ files }, { signal }) => masters.download(files, signal),
    configure: (wish) => masters.configure(wish),
    progress: (_input, sink) => masters.watch((progress) => sink.push(progress)),
    search: (query) => masters.search(query),
    symbol: ({ id }) => masters.symbol(id),
  };
}

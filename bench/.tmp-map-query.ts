import {run} from './map-query.ts'; console.log(JSON.stringify(await run(),null,1));

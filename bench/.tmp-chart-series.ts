import {run} from './chart-series.ts'; console.log(JSON.stringify(await run(),null,1));

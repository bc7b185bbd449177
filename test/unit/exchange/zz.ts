import { daySchedule, ReplayDriver, replayIssue, Venue } from '../../../shared/exchange/index.ts';
import { krxCalendar } from '../../../shared/market/index.ts';
import { carriedRows } from '../../support/krx-rows.ts';
for (const row of carriedRows().filter(r=>r.volume>0)) {
 const schedule=daySchedule(krxCalendar,row.date); const venue=new Venue({date:row.date,schedule,issues:[replayIssue(row)],seed:7,quietParticipants:true},()=>{});
 const d=new ReplayDriver({row,seed:7,venue}); let first='';
 for(let ts=venue.now+1000;ts<=schedule.parts.at(-1)!.endTs;ts+=1000){ d.advanceTo(ts as any); if(d.disturbed){ first=new Date(ts+9*3600e3).toISOString(); break; } }
 if(first) console.log(row.code,row.date,first,venue.phase,JSON.stringify(d.snapshot().state), JSON.stringify(venue.issue(row.code)));
}

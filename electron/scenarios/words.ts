/** What the events of a scenario are called in a run's timeline. */
import type { ScenarioEvent, ScenarioTarget } from '#shared/domain/index.ts';

const percent = (pct: number): string => `${pct > 0 ? '+' : ''}${pct} %`;

function targetText(target: ScenarioTarget): { readonly ko: string; readonly en: string } {
  if (target === 'all') return { ko: '시장 전체', en: 'the whole market' };
  const name = 'market' in target ? target.market : target.issue;
  return { ko: name, en: name };
}

const both = (ko: string, en: string) => ({ ko, en });

/** One sentence for an event, in both languages. */
export function eventLine(event: ScenarioEvent): { readonly ko: string; readonly en: string } {
  switch (event.kind) {
    case 'gap': {
      const at = targetText(event.target);
      return both(`${at.ko} 갭 ${percent(event.pct)}`, `Gap of ${percent(event.pct)}: ${at.en}`);
    }
    case 'drift': {
      const at = targetText(event.target);
      return both(
        `${at.ko} ${event.minutes}분 동안 ${percent(event.pct)}`,
        `${at.en} goes ${percent(event.pct)} in ${event.minutes} min`,
      );
    }
    case 'volatility': {
      const at = targetText(event.target);
      return both(`${at.ko} 변동성 ${event.factor}배`, `Volatility of ${at.en} times ${event.factor}`);
    }
    case 'liquidity': {
      const at = targetText(event.target);
      return both(`${at.ko} 호가 잔량 ${event.factor}배`, `Depth of ${at.en} times ${event.factor}`);
    }
    case 'oneSided':
      return both(
        `${event.issue} ${event.side === 'buy' ? '매수' : '매도'} 호가가 사라짐`,
        `No ${event.side} quotes in ${event.issue}`,
      );
    case 'viCascade':
      return both(
        `${event.count}종목이 차례로 ${percent(event.pct)}`,
        `${event.count} issues one after another, ${percent(event.pct)}`,
      );
    case 'breaker':
      return both(
        `${event.market} 서킷브레이커 ${event.level}단계 예정`,
        `${event.market} breaker of level ${event.level} is due`,
      );
    case 'sidecar':
      return both(`${event.market} 사이드카 예정`, `${event.market} sidecar is due`);
    case 'halt':
      return both(`${event.issue} 거래정지`, `${event.issue} is halted`);
    case 'limitLock':
      return both(
        `${event.issue} ${event.side === 'upper' ? '상한가' : '하한가'} 잠김`,
        `${event.issue} locked at its ${event.side} limit`,
      );
    case 'venueSplit':
      return both(
        `${event.issue} NXT가 KRX와 ${percent(event.pct)} 벌어짐`,
        `${event.issue}: NXT ${percent(event.pct)} from KRX`,
      );
    case 'fx':
      return both(
        `환율 ${event.minutes}분 동안 ${percent(event.pct)}`,
        `Dollar ${percent(event.pct)} in ${event.minutes} min`,
      );
    case 'flow':
      return both(`수급: ${event.group} ${event.eokKrw}억 원`, `Flow: ${event.group} ${event.eokKrw / 10} bn won`);
    case 'news':
      return both(`뉴스: ${event.title}`, `News: ${event.title}`);
    case 'latency':
      return both(`증권사 응답이 ${event.ms}ms 늦어짐`, `Answers of the broker ${event.ms} ms later`);
    case 'silence':
      return both(
        `다음 ${event.count}건에 응답 없음${event.taken ? '(처리는 됨)' : ''}`,
        `No answer to ${event.count} calls${event.taken ? ' (carried out)' : ''}`,
      );
    case 'cutFeed':
      return both(`연결이 ${event.seconds}초 끊김`, `The line is cut for ${event.seconds} s`);
    case 'freezeFeed':
      return both(`시세가 ${event.seconds}초 멈춤`, `Prices freeze for ${event.seconds} s`);
    case 'duplicateNotices':
      return both(`체결통보 ${event.count}건이 두 번 옴`, `${event.count} notices come twice`);
    case 'missNotices':
      return both(`체결통보 ${event.count}건이 오지 않음`, `${event.count} notices do not come`);
    case 'reject':
      return both(`다음 주문 ${event.count}건을 거래소가 거부`, `The exchange refuses ${event.count} orders`);
    case 'rateStorm':
      return both(
        `${event.seconds}초 동안 모든 호출이 한도 초과`,
        `Every call is over the limit for ${event.seconds} s`,
      );
    case 'expireToken':
      return both('접속 토큰이 만료됨', 'The token is expired');
    case 'maintenance':
      return both(`증권사 점검 ${event.seconds}초`, `Maintenance for ${event.seconds} s`);
    case 'columns':
      return both(
        `실시간 전문의 열이 ${event.more > 0 ? '+' : ''}${event.more}개`,
        `Records have ${event.more} columns more`,
      );
    case 'keyInText':
      return both(`키처럼 보이는 글이 ${event.where}에 나타남`, `Key-shaped text shows up in a ${event.where}`);
    case 'orderBurst':
      return both(
        `자동 주문 ${event.count}건이 ${event.seconds}초 동안 쏟아짐`,
        `${event.count} automatic orders within ${event.seconds} s`,
      );
    case 'clockShift':
      return both(`시계가 ${event.ms}ms 어긋남`, `The clock is off by ${event.ms} ms`);
    case 'tamper':
      return both(`${event.what} 파일이 바뀜`, `The ${event.what} file was changed`);
    case 'foreignToken':
      return both('프로그램이 요청하지 않은 토큰 발급', 'A token that the program did not ask for');
  }
}

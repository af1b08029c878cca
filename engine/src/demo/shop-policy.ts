import type { PolicyDocument } from '@botworth/contract/policy';
import type { Plan } from './scenario/plan.ts';

/** The shop's own rules over the defaults: what each flow was hired for, what its goal is, since when its bots run. */
export const shopPolicy = (document: PolicyDocument, plan: Plan): PolicyDocument => ({
  ...document,
  jobs: {
    ...document.jobs,
    help_faq: 'support',
    order_tracking: 'support',
    returns: 'support',
    gift_finder: 'sales',
    checkout_help: 'sales',
    book_fitting: 'booking',
    lead_capture: 'lead',
    quote_request: 'lead',
  },
  goals: {
    ...document.goals,
    help_faq: 'issue_answered',
    order_tracking: 'order_status_delivered',
    returns: 'return_answered_or_started',
    gift_finder: 'product_chosen',
    checkout_help: 'order_completed',
    book_fitting: 'meeting_booked',
    lead_capture: 'contact_captured',
    quote_request: 'quote_requested',
  },
  bots: {
    ...document.bots,
    helper: { launched_on: plan.startDate },
    stylist: { launched_on: plan.startDate },
    greeter: { launched_on: plan.startDate },
  },
});

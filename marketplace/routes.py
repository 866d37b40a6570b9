"""Every URL, by who may call it: start reading here.

Each URL is for a group of people; a feature's queries then name rows by their owner (else 404),
and its policies say whether the act is allowed now.
"""

from marketplace.accounts import endpoints as accounts
from marketplace.applications import attendance_endpoints as attendance
from marketplace.applications import bulk_endpoints as bulk
from marketplace.applications import endpoints as applying
from marketplace.applications import export_endpoints as export
from marketplace.applications import feedback_endpoints as feedback
from marketplace.applications import hold_endpoints as hold
from marketplace.applications import inbox_endpoints as inbox
from marketplace.applications import joining_endpoints as joining
from marketplace.applications import offer_endpoints as offer
from marketplace.applications import own_endpoints as own_application
from marketplace.applications import presence_endpoints as presence
from marketplace.applications import received_endpoints as received
from marketplace.associations import absence_endpoints as absence
from marketplace.associations import endpoints as associations
from marketplace.associations import file_endpoints as association_file
from marketplace.associations import member_endpoints as members
from marketplace.exchange import calendar_endpoints as exchange_calendar
from marketplace.front import (
    calendar,
    contacts,
    demo,
    favourites,
    for_me,
    guide,
    places,
    saved,
    search,
    space,
)
from marketplace.front import endpoints as front
from marketplace.guardians import endpoints as guardians
from marketplace.impact import attestation_endpoints as attestations
from marketplace.impact import endpoints as impact
from marketplace.messages import endpoints as messages
from marketplace.messages import everyone_endpoints as everyone
from marketplace.missions import endpoints as missions
from marketplace.missions import hand_over_endpoints as hand_over
from marketplace.moderation import endpoints as moderation
from marketplace.moderation import staff_endpoints as staff
from marketplace.publishing import date_endpoints as publishing_dates
from marketplace.publishing import endpoints as publishing
from marketplace.publishing import finish_endpoints as finishing
from marketplace.publishing import standing_endpoints as standing
from marketplace.volunteers import endpoints as volunteers
from marketplace.web.routing import Route, get, group, post
from marketplace.web.visitors import everybody

anyone = group("anyone", everybody)
signed_in = group("signed in", accounts.require_account)
moderators = group("moderators", staff.require_moderator)

ROUTES: list[Route] = [
    # --- reading the site
    *anyone(
        get("/", front.home),
        get("/missions", search.missions),
        get("/associations", front.for_associations),
        get("/a-propos", front.about),
        get("/accessibilite", front.accessibility),
        get("/vos-donnees", front.privacy),
        get("/sante", front.health),
    ),
    # --- not sure, and pages to land on: before a mission's, whose address they look like
    *anyone(
        get("/je-ne-sais-pas", guide.guide),
        get("/parler-a-quelqu-un", contacts.talk),
        get("/missions/carte", places.france),
        get("/missions/departement/{department}", places.department),
        get("/missions/domaine/{domain}", places.domain),
        get("/missions/public/{audience}", places.audience),
    ),
    # --- signing in
    *anyone(
        get("/connexion", accounts.sign_in),
        post("/connexion", accounts.ask),
        get("/connexion/code", accounts.code),
        post("/connexion/code", accounts.enter_code),
        get("/connexion/lien/{secret}", accounts.arrive),
        get("/connexion/{link}", accounts.link),
        post("/connexion/{link}", accounts.use_link),
    ),
    *signed_in(
        get("/mon-espace", space.space),
        get("/mon-espace/candidatures", space.applications),
        get("/mon-compte", accounts.show),
        post("/mon-compte", accounts.update),
        post("/mon-compte/adresse", accounts.ask_email_change),
        post("/mon-compte/langue", accounts.choose_language),
        post("/mon-compte/sessions/{session}/fin", accounts.end_session),
        post("/deconnexion", accounts.sign_out),
    ),
    # --- what one looks for, and the missions that answer it
    *signed_in(
        get("/mon-espace/profil", volunteers.profile),
        post("/mon-espace/profil", volunteers.save_profile),
        post("/mon-espace/profil/effacement", volunteers.forget_profile),
        get("/mon-espace/missions-pour-vous", for_me.for_me),
    ),
    # --- the missions one keeps
    *signed_in(
        get("/mon-espace/favoris", favourites.favourites),
        post("/mon-espace/favoris/{mission}/retrait", favourites.remove_favourite),
        get("/missions/{mission}/garder", favourites.keeping),
        post("/missions/{mission}/garder", favourites.keep),
        post("/missions/{mission}/ne-plus-garder", favourites.let_go),
    ),
    # --- one's associations
    *signed_in(
        get("/mes-associations", associations.index),
        get("/mes-associations/nouvelle", associations.new),
        post("/mes-associations/nouvelle", associations.create),
        get("/mes-associations/{association}", associations.show),
        get("/mes-associations/{association}/identite", association_file.identity),
        post("/mes-associations/{association}/identite", association_file.save_identity),
        get("/mes-associations/{association}/adresse", association_file.place),
        post("/mes-associations/{association}/adresse", association_file.save_place),
        get("/mes-associations/{association}/contact", association_file.contact),
        post("/mes-associations/{association}/contact", association_file.save_contact),
        get("/mes-associations/{association}/assurance", association_file.insurance),
        post("/mes-associations/{association}/assurance", association_file.save_insurance),
        get("/mes-associations/{association}/alerte", association_file.safeguarding),
        post("/mes-associations/{association}/alerte", association_file.save_safeguarding),
        get("/mes-associations/{association}/charte", association_file.charter),
        post("/mes-associations/{association}/charte", association_file.accept_charter),
        get("/mes-associations/{association}/verification", associations.check),
        post("/mes-associations/{association}/verification", associations.submit),
    ),
    # --- figures: the public ones, and those of an association and its missions for its members
    *anyone(
        get("/statistiques", impact.statistics),
        get("/statistiques.csv", impact.statistics_csv),
    ),
    *signed_in(
        get("/mes-associations/{association}/chiffres", impact.association),
        get("/mes-missions/{mission}/chiffres", impact.mission),
    ),
    # --- members: inviting, joining, changing roles, handing missions over
    *signed_in(
        get("/mes-associations/{association}/membres", members.members),
        post("/mes-associations/{association}/membres", members.invite),
        get("/mes-associations/{association}/membres/{member}/role", members.member_role),
        post("/mes-associations/{association}/membres/{member}/role", members.change_role),
        get("/mes-associations/{association}/membres/{member}/depart", hand_over.departure),
        post("/mes-associations/{association}/membres/{member}/depart", hand_over.depart),
        post("/mes-associations/{association}/invitations/{invitation}/envoi", members.send_again),
        post("/mes-associations/{association}/invitations/{invitation}/fin", members.cancel_invitation),
        get("/mes-missions/{mission}/referent", hand_over.referent),
        post("/mes-missions/{mission}/referent", hand_over.choose_referent),
    ),
    *anyone(
        get("/invitation/acceptee", joining.joined),
        get("/invitation/{secret}", joining.arrive_to_join),
        get("/invitation/reponse/{link}", joining.joining),
        post("/invitation/reponse/{link}", joining.join),
    ),
    # --- moderators: their door, and the queue beside the panel
    *anyone(
        get("/admin/connexion", staff.sign_in),
        post("/admin/connexion", staff.enter),
    ),
    *moderators(
        post("/admin/deconnexion", staff.sign_out),
        get("/admin/file", moderation.queue),
        get("/admin/file/associations/{association}", moderation.association),
        post("/admin/file/associations/{association}", moderation.decide_association),
        get("/admin/file/missions/{mission}", moderation.mission),
        post("/admin/file/missions/{mission}", moderation.decide_mission),
    ),
    # --- the new missions of a search, by e-mail
    *anyone(
        get("/alertes/nouvelle", saved.new_saved_search),
        post("/alertes/nouvelle", saved.save_search),
        get("/alertes/envoyee", saved.saved_search_asked),
        get("/alertes/enregistree", saved.saved_search_confirmed),
        get("/alertes/confirmer/{secret}", saved.arrive_to_save),
        get("/alertes/confirmation/{link}", saved.confirming_saved_search),
        post("/alertes/confirmation/{link}", saved.confirm_saved_search),
        get("/alertes/arret/{stop}", saved.leaving_saved_search),
        post("/alertes/arret/{stop}", saved.leave_saved_search, keyless=True),
    ),
    *signed_in(
        get("/mes-alertes", saved.saved_searches),
        post("/mes-alertes/{search}/pause", saved.pause_saved_search),
        post("/mes-alertes/{search}/reprise", saved.resume_saved_search),
        post("/mes-alertes/{search}/suppression", saved.delete_saved_search),
    ),
    # --- one's calendar, hours and attestations
    *signed_in(
        get("/mon-espace/calendrier", calendar.calendar),
        post("/mon-espace/calendrier/lien", calendar.make_calendar_link),
        get("/mon-espace/calendrier/lien/{link}", calendar.calendar_link),
        post("/mon-espace/calendrier/lien/fin", calendar.end_calendar_link),
        get("/mon-espace/heures", attestations.hours),
        post("/mon-espace/heures/{association}/{year}", attestations.make_attestation),
        get("/mon-espace/attestations/{code}.pdf", attestations.attestation),
    ),
    *anyone(
        get("/calendrier/{secret}.ics", exchange_calendar.calendar_feed),
        get("/attestation", attestations.check_attestation),
    ),
    # --- applying, and one's applications
    *anyone(
        get("/missions/{mission}/candidature", applying.new),
        post("/missions/{mission}/candidature", applying.create),
        get("/candidature/envoyee", hold.held),
        get("/candidature/place-prise", offer.offer_taken),
        get("/candidature/place-laissee", offer.offer_left),
        get("/candidature/place/{token}", offer.arrive_to_answer_offer),
        get("/candidature/offre/{link}", offer.offer_by_link),
        post("/candidature/offre/{link}/oui", offer.take_offer_by_link),
        post("/candidature/offre/{link}/non", offer.leave_offer_by_link),
        get("/candidature/confirmer/{secret}", hold.arrive),
        get("/candidature/confirmation/{link}", hold.confirmation),
        post("/candidature/confirmation/{link}", hold.confirm),
        get("/candidature/retirer/{token}", own_application.arrive_to_withdraw),
        get("/candidature/retrait/{link}", own_application.withdrawal_by_link),
        post("/candidature/retrait/{link}", own_application.withdraw_by_link),
    ),
    *signed_in(
        get("/mes-candidatures/{application}", own_application.show),
        get("/missions/{mission}/candidature/envoyee", applying.sent),
        post("/mes-candidatures/{application}/liste", own_application.leave_list),
        get("/mes-candidatures/{application}/place", offer.offer),
        post("/mes-candidatures/{application}/place/oui", offer.take_offer),
        post("/mes-candidatures/{application}/place/non", offer.leave_offer),
        get("/mes-candidatures/{application}/retrait", own_application.withdrawal),
        post("/mes-candidatures/{application}/retrait", own_application.withdraw),
    ),
    # --- answering applications
    *signed_in(
        get("/candidatures", inbox.inbox),
        get("/candidatures/reponses", bulk.answers),
        post("/candidatures/reponses", bulk.send_answers),
        get("/candidatures/reponses/donnees", bulk.answers_given),
        get("/mes-missions/{mission}/candidatures", inbox.of_mission),
        get("/mes-missions/{mission}/acceptes.csv", export.accepted_csv),
        get("/candidatures/{application}", received.answer),
        post("/candidatures/{application}/oui", received.accept),
        post("/candidatures/{application}/rencontre", received.meet),
        post("/candidatures/{application}/non", received.decline),
    ),
    # --- messages: a thread per application, and one message to everybody accepted
    *signed_in(
        get("/mes-candidatures/{application}/messages", messages.own),
        post("/mes-candidatures/{application}/messages", messages.write_own),
        get("/candidatures/{application}/messages", messages.received),
        post("/candidatures/{application}/messages", messages.write_received),
        get("/mes-missions/{mission}/message", everyone.to_all),
        post("/mes-missions/{mission}/message", everyone.send_to_all),
        get("/mes-missions/{mission}/message/envoye", everyone.sent_to_all),
    ),
    # --- before, during and after a slot
    *anyone(
        get("/candidature/venir/{token}", presence.arrive_to_say),
        get("/candidature/presence/{link}", presence.presence),
        post("/candidature/presence/{link}/oui", presence.say_coming),
        post("/candidature/presence/{link}/non", presence.say_not_coming),
        get("/candidature/raconter/{token}", feedback.arrive_to_feedback),
        get("/candidature/retour/{link}", feedback.feedback_by_link),
        post("/candidature/retour/{link}", feedback.give_feedback_by_link),
    ),
    *signed_in(
        get("/mes-candidatures/{application}/retour", feedback.feedback),
        post("/mes-candidatures/{application}/retour", feedback.give_feedback),
        get("/mes-missions/{mission}/presences/{slot}", attendance.attendance),
        post("/mes-missions/{mission}/presences/{slot}", attendance.note_attendance),
        get("/candidatures/{application}/retour", feedback.thanks),
        post("/candidatures/{application}/retour", feedback.write_thanks),
    ),
    # --- a guardian's pages: reached by a mailed link alone
    *anyone(
        get("/accord/refus-enregistre", guardians.refused),
        get("/accord/nouveau-lien", guardians.new_link_sent),
        get("/accord/{token}", guardians.arrive),
        get("/accord/demande/{link}", guardians.show),
        post("/accord/demande/{link}/nouveau-lien", guardians.send_new_link),
        get("/accord/demande/{link}/oui", guardians.agreement),
        post("/accord/demande/{link}/oui", guardians.give),
        get("/accord/demande/{link}/non", guardians.refusal),
        post("/accord/demande/{link}/non", guardians.refuse),
        get("/suivi-parent/{token}", guardians.arrive_to_follow),
        get("/suivi-parent/demande/{link}", guardians.follow),
        get("/suivi-parent/demande/{link}/retrait", guardians.withdrawal),
        post("/suivi-parent/demande/{link}/retrait", guardians.withdraw),
    ),
    # --- « toujours d’actualité »: answered from the mail
    *anyone(
        get("/toujours-d-actualite/{token}", standing.arrive_to_confirm),
        get("/toujours-d-actualite/demande/{link}", standing.confirming),
        post("/toujours-d-actualite/demande/{link}", standing.confirm),
    ),
    # --- an announced absence
    *signed_in(
        get("/mes-associations/{association}/absence", absence.absence),
        post("/mes-associations/{association}/absence", absence.announce_absence),
        post("/mes-associations/{association}/absence/fin", absence.end_absence),
    ),
    # --- reading a mission, an association: last, so that fixed paths come first
    *anyone(
        get("/missions/{mission}", front.mission),
        get("/associations/{association}", front.association),
    ),
    # --- writing missions and moving them
    *signed_in(
        get("/mes-associations/{association}/missions", missions.index),
        post("/mes-associations/{association}/missions", missions.create),
        get("/mes-missions/{mission}", publishing.show),
        get("/mes-missions/{mission}/ecrire/{step}", missions.write),
        post("/mes-missions/{mission}/ecrire/{step}", missions.save),
        get("/mes-missions/{mission}/verification", missions.check),
        post("/mes-missions/{mission}/verification", publishing.submit),
        get("/mes-missions/{mission}/apercu", publishing.preview),
        post("/mes-missions/{mission}/copie", missions.duplicate),
        post("/mes-missions/{mission}/pause", publishing.pause),
        post("/mes-missions/{mission}/reprise", publishing.resume),
        get("/mes-missions/{mission}/precisions", publishing.edit),
        post("/mes-missions/{mission}/precisions", publishing.update),
        get("/mes-missions/{mission}/dates", publishing_dates.dates),
        post("/mes-missions/{mission}/dates", publishing_dates.add_dates),
        get("/mes-missions/{mission}/dates/{slot}", publishing_dates.date),
        post("/mes-missions/{mission}/dates/{slot}", publishing_dates.change_places),
        get("/mes-missions/{mission}/dates/{slot}/annulation", publishing_dates.ask_cancel_dates),
        post("/mes-missions/{mission}/dates/{slot}/annulation", publishing_dates.cancel_dates),
        post("/mes-missions/{mission}/actualite", publishing.stand),
        get("/mes-missions/{mission}/fin", finishing.ask_finish),
        post("/mes-missions/{mission}/fin", finishing.finish),
        get("/mes-missions/{mission}/annulation", publishing.ask_cancel),
        post("/mes-missions/{mission}/annulation", publishing.cancel),
    ),
]

# Only where settings.demo says so (see app.py): elsewhere these addresses do not exist.
DEMO: list[Route] = anyone(
    get("/demo/mail", demo.mails),
    get("/demo/mail/{email}", demo.mail),
)

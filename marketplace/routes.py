"""Every URL, by who may call it: start reading here.

Each URL is for a group of people; a feature's queries then name rows by their owner (else 404),
and its policies say whether the act is allowed now.
"""

from marketplace.accounts import endpoints as accounts
from marketplace.applications import endpoints as applying
from marketplace.applications import own_endpoints as own_application
from marketplace.applications import received_endpoints as received
from marketplace.associations import endpoints as associations
from marketplace.front import contacts, demo, guide, places, saved, search
from marketplace.front import endpoints as front
from marketplace.guardians import endpoints as guardians
from marketplace.missions import endpoints as missions
from marketplace.moderation import endpoints as moderation
from marketplace.moderation import staff_endpoints as staff
from marketplace.publishing import endpoints as publishing
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
        get("/mon-espace", front.space),
        get("/mon-compte", accounts.show),
        post("/mon-compte", accounts.update),
        post("/mon-compte/adresse", accounts.ask_email_change),
        post("/mon-compte/langue", accounts.choose_language),
        post("/mon-compte/sessions/{session}/fin", accounts.end_session),
        post("/deconnexion", accounts.sign_out),
    ),
    # --- one's associations
    *signed_in(
        get("/mes-associations", associations.index),
        get("/mes-associations/nouvelle", associations.new),
        post("/mes-associations/nouvelle", associations.create),
        get("/mes-associations/{association}", associations.show),
        get("/mes-associations/{association}/identite", associations.identity),
        post("/mes-associations/{association}/identite", associations.save_identity),
        get("/mes-associations/{association}/adresse", associations.place),
        post("/mes-associations/{association}/adresse", associations.save_place),
        get("/mes-associations/{association}/contact", associations.contact),
        post("/mes-associations/{association}/contact", associations.save_contact),
        get("/mes-associations/{association}/assurance", associations.insurance),
        post("/mes-associations/{association}/assurance", associations.save_insurance),
        get("/mes-associations/{association}/alerte", associations.safeguarding),
        post("/mes-associations/{association}/alerte", associations.save_safeguarding),
        get("/mes-associations/{association}/charte", associations.charter),
        post("/mes-associations/{association}/charte", associations.accept_charter),
        get("/mes-associations/{association}/verification", associations.check),
        post("/mes-associations/{association}/verification", associations.submit),
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
    # --- applying, and one's applications
    *anyone(
        get("/missions/{mission}/candidature", applying.new),
        post("/missions/{mission}/candidature", applying.create),
        get("/candidature/envoyee", applying.held),
        get("/candidature/confirmer/{secret}", applying.arrive),
        get("/candidature/confirmation/{link}", applying.confirmation),
        post("/candidature/confirmation/{link}", applying.confirm),
        get("/candidature/retirer/{token}", own_application.arrive_to_withdraw),
        get("/candidature/retrait/{link}", own_application.withdrawal_by_link),
        post("/candidature/retrait/{link}", own_application.withdraw_by_link),
    ),
    *signed_in(
        get("/mes-candidatures/{application}", own_application.show),
        get("/mes-candidatures/{application}/retrait", own_application.withdrawal),
        post("/mes-candidatures/{application}/retrait", own_application.withdraw),
    ),
    # --- answering applications
    *signed_in(
        get("/mes-missions/{mission}/candidatures", received.of_mission),
        get("/candidatures/{application}", received.answer),
        post("/candidatures/{application}/oui", received.accept),
        post("/candidatures/{application}/non", received.decline),
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
        get("/mes-missions/{mission}/places", publishing.places),
        post("/mes-missions/{mission}/places", publishing.change_places),
        get("/mes-missions/{mission}/annulation", publishing.ask_cancel),
        post("/mes-missions/{mission}/annulation", publishing.cancel),
    ),
]

# Only where settings.demo says so (see app.py): elsewhere these addresses do not exist.
DEMO: list[Route] = anyone(
    get("/demo/mail", demo.mails),
    get("/demo/mail/{email}", demo.mail),
)
